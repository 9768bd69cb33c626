import { Effect } from "effect"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Ledger, type LedgerView, type Order, type Receipt } from "../ledger.ts"
import { memoryLedger } from "../testing/memoryLedger.ts"
import { tickArbitrary } from "../testing/orderArbitrary.ts"
import { worldGenesis } from "../testing/worldGenesis.ts"
import { SECONDS_PER_DAY, toMicros, toWei } from "../units.ts"
import { nothing, toUsd, worthAt } from "./amounts.ts"
import { type LpLedger, openLpLedger, postLiquidity } from "./lpLedger.ts"

interface Step {
  readonly before: LedgerView
  readonly after: LedgerView
  readonly receipts: ReadonlyArray<Receipt>
}

const play = (ticks: ReadonlyArray<ReadonlyArray<Order>>): ReadonlyArray<Step> =>
  Effect.gen(function* () {
    const ledger = yield* Ledger
    const steps: Array<Step> = []
    let before = yield* ledger.observe
    for (const [i, orders] of ticks.entries()) {
      const { receipts } = yield* ledger.settle(orders, worldGenesis.startSeconds + (i + 1) * SECONDS_PER_DAY)
      const after = yield* ledger.observe
      steps.push({ before, after, receipts })
      before = after
    }
    return steps
  }).pipe(Effect.provide(memoryLedger(worldGenesis)), Effect.runSync)

const posted = (steps: ReadonlyArray<Step>): LpLedger =>
  steps.reduce((ledger, { before, after, receipts }) => postLiquidity(ledger, before, after, receipts), openLpLedger(steps[0]!.before))

const relevant = /^(pool\.|venue\.post|burn\.|market\.|(token|dollar)\.transfer)/

test("every unit that a position gains or loses has a name, in a thousand random sequences", () => {
  const sequence = fc.array(
    tickArbitrary.map((orders) => orders.filter(({ action }) => relevant.test(action.kind))),
    { minLength: 1, maxLength: 3 },
  )
  const met = new Set<string>()
  fc.assert(
    fc.property(sequence, (ticks) => {
      const steps = play(ticks)
      for (const { receipts } of steps) for (const { facts } of receipts) for (const { kind } of facts) met.add(kind)
      for (const account of posted(steps).values()) {
        const { flows, holding, fees, impermanentLoss, rounding } = account.total
        expect(account.residual).toEqual(nothing)
        expect(flows + holding + fees + impermanentLoss + rounding).toBe(account.value)
      }
    }),
    { seed: 20_261_124, numRuns: 1_000 },
  )
  expect([...met]).toEqual(
    expect.arrayContaining(["pool.swapped", "pool.liquidityAdded", "pool.liquidityRemoved", "burn.executed", "venue.posted"]),
  )
}, 120_000)

/** A pair without fee that goes along its curve while the outside price does the same. */
const curveTo = (ratio: number): ReturnType<typeof posted> => {
  const [opening] = play([[]])
  const base = opening!.before
  const at = (tokens: number, usd: number, price: number): LedgerView => ({
    ...base,
    token: { ...base.token, balanceWei: new Map([["pool", toWei(tokens)]]) },
    dollar: { ...base.dollar, balanceMicros: new Map([["pool", toMicros(usd)]]) },
    pool: { tokenReserveWei: toWei(tokens), dollarReserveMicros: toMicros(usd), totalShares: 1_000n, shares: new Map([["ann", 1_000n]]) },
    venue: { priceMicros: toMicros(price) },
  })
  const root = Math.sqrt(ratio)
  const before = at(1_000_000, 1_000_000, 1)
  const after = at(1_000_000 / root, 1_000_000 * root, ratio)
  // What a trader pays in is grossed up by the fee that the pair would have kept; the fee is then taken out of the account of fees.
  const paid = after.pool.dollarReserveMicros - before.pool.dollarReserveMicros
  const swapped: Receipt = {
    order: { agent: "bob", action: { kind: "pool.swap", sell: "dollar", amountIn: paid, amountOutMin: 0n }, tipWei: 0n },
    status: "ok",
    reason: "",
    facts: [
      {
        kind: "pool.swapped",
        agent: "bob",
        sell: "dollar",
        amountIn: paid,
        amountOut: before.pool.tokenReserveWei - after.pool.tokenReserveWei,
      },
    ],
  }
  return postLiquidity(openLpLedger(before), before, after, [swapped])
}

describe("impermanent loss", () => {
  test.each([
    [1.5, -0.020204103],
    [4, -0.2],
  ])("and fees at a price ratio of %d come to the closed form against holding", (ratio, expected) => {
    const account = curveTo(ratio).get("main/ann")!
    const { impermanentLoss, fees, holding } = account.total
    const heldUsd = 1_000_000 + 1_000_000 * ratio
    expect(toUsd(holding)).toBeCloseTo(1_000_000 * (ratio - 1), 2)
    expect(toUsd(impermanentLoss + fees) / heldUsd).toBeCloseTo(expected, 8)
    expect(toUsd(fees)).toBeCloseTo(1_000_000 * (Math.sqrt(ratio) - 1) * 0.003, 2)
  })

  test("of a path that comes back is gone, while the loss versus rebalancing stays", () => {
    const up: Order = {
      agent: "ann",
      action: { kind: "pool.swap", sell: "dollar", amountIn: toMicros(1_000), amountOutMin: 0n },
      tipWei: 0n,
    }
    const priceTo = (price: number): Order => ({
      agent: "operator",
      action: { kind: "venue.post", priceMicros: toMicros(price) },
      tipWei: 0n,
    })
    const [there] = play([[priceTo(0.7), up]])
    const bought = there!.before.pool.tokenReserveWei - there!.after.pool.tokenReserveWei
    const down: Order = { agent: "ann", action: { kind: "pool.swap", sell: "token", amountIn: bought, amountOutMin: 0n }, tipWei: 0n }
    const ledger = posted(
      play([
        [priceTo(0.7), up],
        [priceTo(0.480001), down],
      ]),
    )
    const { total, held } = ledger.get("main/treasury")!
    const heldUsd = toUsd(worthAt(held, toMicros(0.480001)))
    expect(Math.abs(toUsd(total.impermanentLoss)) / heldUsd).toBeLessThan(0.001)
    expect(-toUsd(total.lossVersusRebalancing) / heldUsd).toBeGreaterThan(0.01)
  })
})
