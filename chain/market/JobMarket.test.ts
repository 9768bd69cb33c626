import { describe, expect } from "vitest"
import * as artifacts from "../artifacts.ts"
import { account, DAY, deployWorld, genesisSeconds, testOn, TOKEN, USD } from "../contract.fixture.ts"

const deadline = genesisSeconds + DAY
const buyer = account("buyer")
const provider = account("provider")

const test = testOn(async (chain) => {
  const world = await deployWorld(chain)
  await world.fund("provider", 1_000n * TOKEN, 0n)
  await world.fund("buyer", 0n, 100n * USD)
  await world.fund("rival", 0n, 100n * USD)
  await chain.act("provider", world.registry, "register", [1, 100n * TOKEN])
  const dollarsOf = async (id: string) => (await world.balances(account(id))).dollarMicros
  return { ...world, dollarsOf }
})

describe("open", () => {
  test("takes the payment into the buyer's slot", async ({ chain, world: { market, balances, dollarsOf } }) => {
    const { events } = await chain.act("buyer", market, "open", [3, provider, 40n * USD, deadline])
    expect(events).toEqual([["Opened", { buyer, slot: 3, provider, amountMicros: 40n * USD }]])
    expect(await chain.read(market, "jobs", [buyer, 3])).toEqual([provider, deadline, 40n * USD])
    expect(await chain.read(market, "escrowMicros", [])).toBe(40n * USD)
    expect(await balances(market.address)).toMatchObject({ dollarMicros: 40n * USD })
    expect(await dollarsOf("buyer")).toBe(60n * USD)
  })

  test("gives each buyer slots of its own", async ({ chain, world: { market } }) => {
    await chain.act("buyer", market, "open", [0, provider, 1n, deadline])
    await chain.act("rival", market, "open", [0, provider, 2n, deadline])
    await chain.act("buyer", market, "open", [1, provider, 4n, deadline])
    expect(await chain.read(market, "escrowMicros", [])).toBe(7n)
    expect(await chain.refusal("buyer", market, "open", [0, provider, 1n, deadline])).toBe("SlotTaken(0)")
  })

  test("refuses nothing, the past, and a provider that is not active", async ({ chain, world: { market, registry } }) => {
    expect(await chain.refusal("buyer", market, "open", [0, provider, 0n, deadline])).toBe("ZeroAmount()")
    expect(await chain.refusal("buyer", market, "open", [0, provider, 1n, genesisSeconds - 1])).toBe(
      `DeadlinePassed(${genesisSeconds - 1})`,
    )
    expect(await chain.refusal("buyer", market, "open", [0, provider, 1n, genesisSeconds])).toBe("nothing")
    expect(await chain.refusal("buyer", market, "open", [0, buyer, 1n, deadline])).toBe(`ProviderNotActive(${buyer})`)
    expect(await chain.refusal("buyer", market, "open", [0, provider, 101n * USD, deadline])).toBe(
      `ERC20InsufficientBalance(${buyer}, ${100n * USD}, ${101n * USD})`,
    )
    await chain.act("provider", registry, "requestExit", [])
    expect(await chain.refusal("buyer", market, "open", [0, provider, 1n, deadline])).toBe(`ProviderNotActive(${provider})`)
  })
})

describe("complete", () => {
  test("pays the provider less the fee, and splits the fee", async ({ chain, world: { market, burn, balances, dollarsOf } }) => {
    await chain.act("buyer", market, "open", [3, provider, 40n * USD, deadline])
    const { events } = await chain.act("buyer", market, "complete", [3])
    const shares = { paidMicros: 39n * USD, burnFeeMicros: 400_000n, treasuryFeeMicros: 600_000n }
    expect(events).toEqual([["Completed", { buyer, slot: 3, provider, ...shares }]])
    expect(await dollarsOf("provider")).toBe(39n * USD)
    expect(await dollarsOf("treasury")).toBe(600_000n)
    expect(await balances(burn.address)).toMatchObject({ dollarMicros: 400_000n })
    expect(await balances(market.address)).toMatchObject({ dollarMicros: 0n })
    expect(await chain.read(market, "escrowMicros", [])).toBe(0n)
  })

  test.for([
    { amount: 1n, paid: 1n, burned: 0n, treasury: 0n },
    { amount: 39n, paid: 39n, burned: 0n, treasury: 0n },
    { amount: 40n, paid: 39n, burned: 0n, treasury: 1n },
    { amount: 119n, paid: 117n, burned: 0n, treasury: 2n },
    { amount: 120n, paid: 117n, burned: 1n, treasury: 2n },
    { amount: 12_345_678n, paid: 12_037_037n, burned: 123_456n, treasury: 185_185n },
  ])("rounds the fee and its burn part down: $amount", async ({ amount, paid, burned, treasury }, { chain, world: { market } }) => {
    await chain.act("buyer", market, "open", [0, provider, amount, deadline])
    const { events } = await chain.act("buyer", market, "complete", [0])
    expect(events[0]![1]).toMatchObject({ paidMicros: paid, burnFeeMicros: burned, treasuryFeeMicros: treasury })
    expect(paid + burned + treasury).toBe(amount)
  })

  test("frees the slot, works after the deadline, and only once", async ({ chain, world: { market } }) => {
    expect(await chain.refusal("buyer", market, "complete", [0])).toBe("SlotEmpty(0)")
    await chain.act("buyer", market, "open", [0, provider, 10n, deadline])
    expect(await chain.refusal("provider", market, "complete", [0])).toBe("SlotEmpty(0)")
    await chain.advanceTo(deadline + 1)
    await chain.act("buyer", market, "complete", [0])
    expect(await chain.refusal("buyer", market, "complete", [0])).toBe("SlotEmpty(0)")
    await chain.act("buyer", market, "open", [0, provider, 20n, deadline + DAY])
    expect(await chain.read(market, "jobs", [buyer, 0])).toEqual([provider, deadline + DAY, 20n])
  })
})

describe("release", () => {
  test("pays a part with its share of the fee, and leaves the rest in escrow", async ({ chain, world: { market, dollarsOf } }) => {
    await chain.act("buyer", market, "open", [3, provider, 40n * USD, deadline])
    const { events } = await chain.act("buyer", market, "release", [3, 10n * USD])
    const shares = { paidMicros: 9_750_000n, burnFeeMicros: 100_000n, treasuryFeeMicros: 150_000n }
    expect(events).toEqual([["Released", { buyer, slot: 3, provider, ...shares }]])
    expect(await chain.read(market, "jobs", [buyer, 3])).toEqual([provider, deadline, 30n * USD])
    expect(await chain.read(market, "escrowMicros", [])).toBe(30n * USD)
    expect(await dollarsOf("provider")).toBe(9_750_000n)

    await chain.act("buyer", market, "complete", [3])
    expect(await dollarsOf("provider")).toBe(39n * USD)
    expect(await chain.read(market, "escrowMicros", [])).toBe(0n)
  })

  test("leaves a refund what was not released", async ({ chain, world: { market, dollarsOf } }) => {
    await chain.act("buyer", market, "open", [5, provider, 10n * USD, deadline])
    await chain.act("buyer", market, "release", [5, 4n * USD])
    await chain.act("provider", market, "refund", [buyer, 5])
    expect(await dollarsOf("buyer")).toBe(96n * USD)
    expect(await dollarsOf("provider")).toBe(3_900_000n)
  })

  test("is the buyer's alone, of more than nothing and less than all", async ({ chain, world: { market } }) => {
    expect(await chain.refusal("buyer", market, "release", [0, 1n])).toBe("SlotEmpty(0)")
    await chain.act("buyer", market, "open", [0, provider, 10n, deadline])
    expect(await chain.refusal("provider", market, "release", [0, 1n])).toBe("SlotEmpty(0)")
    expect(await chain.refusal("buyer", market, "release", [0, 0n])).toBe("ZeroAmount()")
    expect(await chain.refusal("buyer", market, "release", [0, 10n])).toBe("ReleaseTooLarge(10, 10)")
    await chain.act("buyer", market, "release", [0, 9n])
    expect(await chain.refusal("buyer", market, "release", [0, 1n])).toBe("ReleaseTooLarge(1, 1)")
  })
})

describe("refund", () => {
  test("is the provider's at any time", async ({ chain, world: { market, dollarsOf } }) => {
    await chain.act("buyer", market, "open", [5, provider, 10n * USD, deadline])
    const { events } = await chain.act("provider", market, "refund", [buyer, 5])
    expect(events).toEqual([["Refunded", { buyer, slot: 5, provider, amountMicros: 10n * USD }]])
    expect(await dollarsOf("buyer")).toBe(100n * USD)
    expect(await chain.read(market, "escrowMicros", [])).toBe(0n)
    expect(await chain.refusal("provider", market, "refund", [buyer, 5])).toBe("SlotEmpty(5)")
  })

  test("is the buyer's after the deadline", async ({ chain, world: { market, dollarsOf } }) => {
    await chain.act("buyer", market, "open", [5, provider, 10n * USD, deadline])
    await chain.advanceTo(deadline)
    expect(await chain.refusal("buyer", market, "refund", [buyer, 5])).toBe(`RefundNotAllowed(${buyer})`)
    await chain.advanceTo(deadline + 1)
    expect(await chain.refusal("rival", market, "refund", [buyer, 5])).toBe(`RefundNotAllowed(${account("rival")})`)
    await chain.act("buyer", market, "refund", [buyer, 5])
    expect(await dollarsOf("buyer")).toBe(100n * USD)
  })

  test("of an empty slot is refused", async ({ chain, world: { market } }) => {
    expect(await chain.refusal("buyer", market, "refund", [buyer, 5])).toBe("SlotEmpty(5)")
  })
})

test("takes no share above the whole", async ({ chain, world: { dollar, registry } }) => {
  const deploy = (feeBps: bigint, burnBps: bigint, creditBps = 0n) =>
    chain.refusalToDeploy(artifacts.jobMarket, [dollar.address, registry.address, buyer, buyer, feeBps, burnBps, creditBps])
  expect(await deploy(10_001n, 0n)).toBe("BpsTooLarge(10001)")
  expect(await deploy(0n, 10_001n)).toBe("BpsTooLarge(10001)")
  expect(await deploy(2_000n, 0n, 8_001n)).toBe("BpsTooLarge(10001)")
  expect(await deploy(10_000n, 10_000n)).toBe("nothing")
})
