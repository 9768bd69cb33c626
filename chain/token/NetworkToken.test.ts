import { describe, expect } from "vitest"
import { parseSignature, zeroAddress } from "viem"
import { privateKeyToAccount } from "viem/accounts"
import { chainId } from "../anvil.ts"
import { account, deployWorld, genesisSeconds, supplyWei, testOn, TOKEN } from "../contract.fixture.ts"

const test = testOn((chain) => deployWorld(chain, { distributor: "distributor" }))

describe("supply", () => {
  test("is the treasury's at genesis", async ({ chain, world: { token, balances } }) => {
    expect(await chain.read(token, "totalSupply", [])).toBe(supplyWei)
    expect(await balances(account("treasury"))).toMatchObject({ tokenWei: supplyWei })
    expect(await chain.read(token, "decimals", [])).toBe(18)
  })

  test("grows by a minter only", async ({ chain, world: { token, balances } }) => {
    const minter = await chain.read(token, "MINTER_ROLE", [])
    for (const caller of ["operator", "alice"]) {
      expect(await chain.refusal(caller, token, "mint", [account("alice"), 1n])).toBe(
        `AccessControlUnauthorizedAccount(${account(caller)}, ${minter})`,
      )
    }
    await chain.act("operator", token, "grantRole", [minter, account("minter")])
    await chain.act("minter", token, "mint", [account("alice"), 5n])
    expect(await balances(account("alice"))).toMatchObject({ tokenWei: 5n })
    expect(await chain.read(token, "totalSupply", [])).toBe(supplyWei + 5n)
  })

  test("has its roles from the operator only", async ({ chain, world: { token } }) => {
    const minter = await chain.read(token, "MINTER_ROLE", [])
    expect(await chain.refusal("alice", token, "grantRole", [minter, account("alice")])).toBe(
      `AccessControlUnauthorizedAccount(${account("alice")}, 0x${"0".repeat(64)})`,
    )
  })

  test("shrinks when a holder burns", async ({ chain, world: { token } }) => {
    await chain.act("treasury", token, "burn", [TOKEN])
    expect(await chain.read(token, "totalSupply", [])).toBe(supplyWei - TOKEN)
    expect(await chain.refusal("alice", token, "burn", [1n])).toBe(`ERC20InsufficientBalance(${account("alice")}, 0, 1)`)
  })
})

describe("votes", () => {
  test("are counted by time", async ({ chain, world: { token } }) => {
    expect(await chain.read(token, "CLOCK_MODE", [])).toBe("mode=timestamp")
    await chain.advanceTo(genesisSeconds + 100)
    expect(await chain.read(token, "clock", [])).toBe(genesisSeconds + 100)
    await chain.act("treasury", token, "transfer", [account("alice"), 9n])
    await chain.act("alice", token, "delegate", [account("bob")])
    await chain.advanceTo(genesisSeconds + 200)
    await chain.act("alice", token, "transfer", [account("treasury"), 4n])
    await chain.advanceTo(genesisSeconds + 201)
    expect(await chain.read(token, "getPastVotes", [account("bob"), BigInt(genesisSeconds + 99)])).toBe(0n)
    expect(await chain.read(token, "getPastVotes", [account("bob"), BigInt(genesisSeconds + 199)])).toBe(9n)
    expect(await chain.read(token, "getPastVotes", [account("bob"), BigInt(genesisSeconds + 200)])).toBe(5n)
  })
})

describe("permit", () => {
  test("approves by signature, once, until its deadline", async ({ chain, world: { token } }) => {
    const owner = privateKeyToAccount(`0x${"11".repeat(32)}`)
    const deadline = BigInt(genesisSeconds)
    const { r, s, v } = parseSignature(
      await owner.signTypedData({
        domain: { name: "Network Token", version: "1", chainId, verifyingContract: token.address },
        types: {
          Permit: [
            { name: "owner", type: "address" },
            { name: "spender", type: "address" },
            { name: "value", type: "uint256" },
            { name: "nonce", type: "uint256" },
            { name: "deadline", type: "uint256" },
          ],
        },
        primaryType: "Permit",
        message: { owner: owner.address, spender: account("bob"), value: 7n, nonce: 0n, deadline },
      }),
    )
    const args = [owner.address, account("bob"), 7n, deadline, Number(v), r, s] as const
    await chain.act("alice", token, "permit", args)
    expect(await chain.read(token, "allowance", [owner.address, account("bob")])).toBe(7n)
    expect(await chain.read(token, "nonces", [owner.address])).toBe(1n)
    expect(await chain.refusal("alice", token, "permit", args)).toMatch(/^ERC2612InvalidSigner/)
    await chain.advanceTo(genesisSeconds + 1)
    expect(await chain.refusal("alice", token, "permit", args)).toBe(`ERC2612ExpiredSignature(${deadline})`)
  })
})

test("refuses a transfer to nobody", async ({ chain, world: { token } }) => {
  expect(await chain.refusal("treasury", token, "transfer", [zeroAddress, 1n])).toBe(`ERC20InvalidReceiver(${zeroAddress})`)
})
