import { expect } from "vitest"
import { stringToHex } from "viem"
import { account, deployWorld, testOn, USD } from "../contract.fixture.ts"

const purpose = (text: string) => stringToHex(text, { size: 32 })

const test = testOn(deployWorld)

test("has six decimals and nothing at the start", async ({ chain, world: { dollar } }) => {
  expect(await chain.read(dollar, "decimals", [])).toBe(6)
  expect(await chain.read(dollar, "totalSupply", [])).toBe(0n)
})

test("is minted by issuer and venue, for a purpose", async ({ chain, world: { dollar, venue, balances } }) => {
  const { events } = await chain.act("issuer", dollar, "mint", [account("alice"), 3n * USD, purpose("hardware")])
  expect(events).toEqual([["OnRamped", { account: account("alice"), amountMicros: 3n * USD, purpose: purpose("hardware") }]])
  expect(await balances(account("alice"))).toEqual({ tokenWei: 0n, dollarMicros: 3n * USD })
  expect(await chain.read(dollar, "totalSupply", [])).toBe(3n * USD)

  const minter = await chain.read(dollar, "MINTER_ROLE", [])
  expect(await chain.read(dollar, "hasRole", [minter, venue.address])).toBe(true)
  for (const caller of ["operator", "alice"]) {
    expect(await chain.refusal(caller, dollar, "mint", [account("alice"), 1n, purpose("budget")])).toBe(
      `AccessControlUnauthorizedAccount(${account(caller)}, ${minter})`,
    )
  }
})

test("is redeemed by its holder, for a purpose", async ({ chain, world: { dollar, balances } }) => {
  await chain.act("issuer", dollar, "mint", [account("alice"), 3n * USD, purpose("capital")])
  const { events } = await chain.act("alice", dollar, "redeem", [USD, purpose("energy")])
  expect(events).toEqual([["Redeemed", { account: account("alice"), amountMicros: USD, purpose: purpose("energy") }]])
  expect(await balances(account("alice"))).toMatchObject({ dollarMicros: 2n * USD })
  expect(await chain.read(dollar, "totalSupply", [])).toBe(2n * USD)
  expect(await chain.refusal("alice", dollar, "redeem", [2n * USD + 1n, purpose("energy")])).toBe(
    `ERC20InsufficientBalance(${account("alice")}, ${2n * USD}, ${2n * USD + 1n})`,
  )
})
