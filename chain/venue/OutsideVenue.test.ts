import { describe, expect } from "vitest"
import { stringToHex } from "viem"
import * as artifacts from "../artifacts.ts"
import { account, deployWorld, testOn, TOKEN, USD } from "../contract.fixture.ts"

const alice = account("alice")
const purpose = stringToHex("venue", { size: 32 })

const test = testOn(async (chain) => {
  const world = await deployWorld(chain)
  await world.fund("alice", 100n * TOKEN, 100n * USD)
  await chain.act("treasury", world.token, "transfer", [world.venue.address, 40n * TOKEN])
  return world
})

describe("post", () => {
  test("sets the price", async ({ chain, world: { venue } }) => {
    expect((await chain.act("operator", venue, "post", [5n])).events).toEqual([["Posted", { priceMicros: 5n }]])
    expect(await chain.read(venue, "priceMicros", [])).toBe(5n)
  })

  test("is the operator's, and a price is above 0", async ({ chain, world: { venue } }) => {
    expect(await chain.refusal("alice", venue, "post", [0n])).toBe(`NotOperator(${alice})`)
    expect(await chain.refusal("operator", venue, "post", [0n])).toBe("ZeroPrice()")
  })
})

describe("sellTokens", () => {
  test("mints the seller's dollars less the fee", async ({ chain, world: { venue, dollar, balances } }) => {
    const { events } = await chain.act("alice", venue, "sellTokens", [10n * TOKEN])
    const dollarMicros = 19_960_000n
    expect(events).toEqual([
      ["OnRamped", { account: alice, amountMicros: dollarMicros, purpose }],
      ["Sold", { seller: alice, tokenWei: 10n * TOKEN, dollarMicros }],
    ])
    expect(await balances(alice)).toEqual({ tokenWei: 90n * TOKEN, dollarMicros: 100n * USD + dollarMicros })
    expect(await balances(venue.address)).toEqual({ tokenWei: 50n * TOKEN, dollarMicros: 0n })
    expect(await chain.read(dollar, "totalSupply", [])).toBe(100n * USD + dollarMicros)
  })

  test.for([
    { tokenWei: 1n, dollarMicros: 0n },
    { tokenWei: 501_002_004_008n, dollarMicros: 0n },
    { tokenWei: 501_002_004_009n, dollarMicros: 1n },
    { tokenWei: 1_234_567_890_123_456_789n, dollarMicros: 2_464_197n },
  ])("rounds down: $tokenWei wei", async ({ tokenWei, dollarMicros }, { chain, world: { venue } }) => {
    const { events } = await chain.act("alice", venue, "sellTokens", [tokenWei])
    expect(events.at(-1)![1]).toMatchObject({ tokenWei, dollarMicros })
  })

  test("needs tokens", async ({ chain, world: { venue } }) => {
    expect(await chain.refusal("alice", venue, "sellTokens", [0n])).toBe("ZeroAmount()")
    expect(await chain.refusal("alice", venue, "sellTokens", [101n * TOKEN])).toBe(
      `ERC20InsufficientBalance(${alice}, ${100n * TOKEN}, ${101n * TOKEN})`,
    )
  })
})

describe("buyTokens", () => {
  test("burns the buyer's dollars with the fee", async ({ chain, world: { venue, dollar, balances } }) => {
    const { events } = await chain.act("alice", venue, "buyTokens", [10n * TOKEN])
    const dollarMicros = 20_040_000n
    expect(events).toEqual([
      ["Redeemed", { account: venue.address, amountMicros: dollarMicros, purpose }],
      ["Bought", { buyer: alice, tokenWei: 10n * TOKEN, dollarMicros }],
    ])
    expect(await balances(alice)).toEqual({ tokenWei: 110n * TOKEN, dollarMicros: 100n * USD - dollarMicros })
    expect(await balances(venue.address)).toEqual({ tokenWei: 30n * TOKEN, dollarMicros: 0n })
    expect(await chain.read(dollar, "totalSupply", [])).toBe(100n * USD - dollarMicros)
  })

  test.for([
    { tokenWei: 1n, dollarMicros: 1n },
    { tokenWei: 499_001_996_007n, dollarMicros: 1n },
    { tokenWei: 499_001_996_008n, dollarMicros: 2n },
    { tokenWei: 1_234_567_890_123_456_789n, dollarMicros: 2_474_075n },
  ])("rounds up: $tokenWei wei", async ({ tokenWei, dollarMicros }, { chain, world: { venue } }) => {
    const { events } = await chain.act("alice", venue, "buyTokens", [tokenWei])
    expect(events.at(-1)![1]).toMatchObject({ tokenWei, dollarMicros })
  })

  test("needs an inventory and dollars", async ({ chain, world: { venue } }) => {
    expect(await chain.refusal("alice", venue, "buyTokens", [0n])).toBe("ZeroAmount()")
    expect(await chain.refusal("alice", venue, "buyTokens", [40n * TOKEN + 1n])).toBe(
      `InsufficientInventory(${40n * TOKEN}, ${40n * TOKEN + 1n})`,
    )
    await chain.act("operator", venue, "post", [1_000n * USD])
    expect(await chain.refusal("alice", venue, "buyTokens", [TOKEN])).toBe(
      `ERC20InsufficientBalance(${alice}, ${100n * USD}, ${1_002n * USD})`,
    )
  })
})

test("is not deployed without a price or with a fee above the whole", async ({ chain, world: { token, dollar } }) => {
  const deploy = (feeBps: bigint, priceMicros: bigint) =>
    chain.refusalToDeploy(artifacts.outsideVenue, [token.address, dollar.address, alice, feeBps, priceMicros])
  expect(await deploy(0n, 0n)).toBe("ZeroPrice()")
  expect(await deploy(10_001n, 1n)).toBe("BpsTooLarge(10001)")
})
