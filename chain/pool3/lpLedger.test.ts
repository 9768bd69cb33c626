import { Effect } from "effect"
import fc from "fast-check"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import { invariants } from "../../sim/invariants/index.ts"
import type { Action, LedgerView, Receipt } from "../../sim/ledger.ts"
import { type Amounts, minus, nothing, plus } from "../../sim/liquidity/amounts.ts"
import { openLpLedger, postLiquidity } from "../../sim/liquidity/lpLedger.ts"
import { rangeChanges } from "../../sim/liquidity/rangeChanges.ts"
import { onStage, pools3Genesis } from "./stage.fixture.ts"

const step = fc.record({
  kind: fc.constantFrom(
    ...["swap", "swap", "swap", "mint", "increase", "decrease", "leave", "leave", "collect"],
    ...["pairSwap", "pairSwap", "pairAdd", "pairRemove", "post"],
  ),
  agent: fc.constantFrom("ann", "bob", "cleo"),
  pool: fc.constantFrom("low", "high"),
  sell: fc.constantFrom("token" as const, "dollar" as const),
  /** Of what can be traded or taken out. */
  perMille: fc.bigInt(1n, 1_000n),
  /** Now and then a handful of units in its place. */
  dust: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.bigInt(1n, 1_000n) }),
  below: fc.nat({ max: 20 }),
  above: fc.integer({ min: 1, max: 20 }),
  pick: fc.nat({ max: 1_000 }),
})
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never

const count = 1_000
const sequences = fc.sample(fc.array(step, { minLength: 1, maxLength: 12, size: "max" }), { seed: 20_261_124, numRuns: count })

/** At most a fiftieth of what a pool has, so that prices wander and no pool runs dry. */
const part = (reserve: bigint, { perMille, dust }: Step): bigint => dust ?? (reserve * perMille) / 50_000n

/** The orders of one sequence as they follow from what is there, positions that it makes itself among them. */
const ordersOf = (sequence: ReadonlyArray<Step>, { pool, pools3 }: LedgerView): ReadonlyArray<readonly [string, Action]> => {
  let { nextPositionId } = pools3
  const owned = [...pools3.pools].flatMap(([id, { positions }]) =>
    [...positions].map(([positionId, { agent, liquidity }]) => ({ id, positionId, agent, liquidity })),
  )
  return sequence.flatMap((one): ReadonlyArray<readonly [string, Action]> => {
    const { agent, sell, perMille } = one
    const chosen = owned[one.pick % owned.length]!
    const place = pools3.pools.get(one.pool)!
    const ofChosen = { pool: chosen.id, positionId: chosen.positionId } as const
    const amounts = { tokenWei: part(place.tokenWei, one), dollarMicros: part(place.dollarMicros, one) }
    switch (one.kind) {
      case "swap": {
        const amountIn = part(sell === "token" ? place.tokenWei : place.dollarMicros, one)
        return [[agent, { kind: "pool3.swap", pool: one.pool, sell, amountIn, amountOutMin: 0n, limitSqrtPriceX96: 0n }]]
      }
      case "mint": {
        const at = Math.floor(place.tick / place.tickSpacing)
        const [tickLower, tickUpper] = [(at - one.below) * place.tickSpacing, (at + one.above) * place.tickSpacing]
        owned.push({ id: one.pool, positionId: nextPositionId++, agent, liquidity: perMille * 10n ** 12n })
        return [[agent, { kind: "pool3.mint", pool: one.pool, tickLower, tickUpper, ...amounts }]]
      }
      case "increase":
        return [[chosen.agent, { kind: "pool3.increase", ...ofChosen, ...amounts }]]
      case "decrease":
        return [[chosen.agent, { kind: "pool3.decrease", ...ofChosen, liquidity: (chosen.liquidity * perMille) / 10_000n }]]
      case "leave":
        if (chosen.agent === "treasury") return []
        return [[chosen.agent, { kind: "pool3.decrease", ...ofChosen, liquidity: chosen.liquidity }]]
      case "collect":
        return [[chosen.agent, { kind: "pool3.collect", ...ofChosen }]]
      case "pairSwap": {
        const amountIn = part(sell === "token" ? pool.tokenReserveWei : pool.dollarReserveMicros, one)
        return [[agent, { kind: "pool.swap", sell, amountIn, amountOutMin: 0n }]]
      }
      case "pairAdd":
        return [
          [
            agent,
            { kind: "pool.addLiquidity", tokenWei: part(pool.tokenReserveWei, one), dollarMicros: part(pool.dollarReserveMicros, one) },
          ],
        ]
      case "pairRemove":
        return [[agent, { kind: "pool.removeLiquidity", shares: ((pool.shares.get(agent) ?? 0n) * perMille) / 1_000n }]]
      default:
        return [["operator", { kind: "venue.post", priceMicros: 500n * perMille }]]
    }
  })
}

/** What traders paid into a pool, less what they got. */
const traded = (id: string, receipts: ReadonlyArray<Receipt>): Amounts =>
  factsOf(receipts, "pool3.swapped").reduce((sum, { pool, sell, amountIn, amountOut }) => {
    if (pool !== id) return sum
    const [tokenWei, dollarMicros] = sell === "token" ? [amountIn, -amountOut] : [-amountOut, amountIn]
    return plus(sum, { tokenWei, dollarMicros })
  }, nothing)

const coins = ["tokenWei", "dollarMicros"] as const

test("a thousand random sequences on real pools leave nothing unexplained, by position and by pool", async () => {
  const done = new Map<string, number>()
  const playing = onStage(pools3Genesis, async ({ actAll, view }) => {
    let before = await view()
    let ledger = openLpLedger(before)
    // Units that a pool has above what its positions stand for: what rounding has left, and never less than nothing.
    const kept = new Map<string, Amounts>()
    for (const [index, sequence] of sequences.entries()) {
      const { receipts } = await actAll(ordersOf(sequence, before))
      const after = await view()
      const where = `sequence ${index + 1}`
      for (const { facts } of receipts) for (const { kind } of facts) done.set(kind, (done.get(kind) ?? 0) + 1)
      for (const { name, check } of Object.values(invariants)) expect(check(before, after, receipts), `${where}: ${name}`).toBeUndefined()
      ledger = postLiquidity(ledger, before, after, receipts)
      for (const [key, { missedUnits, total, value }] of ledger) {
        expect([key, missedUnits], where).toEqual([key, 0n])
        expect(total.flows + total.holding + total.fees + total.impermanentLoss + total.rounding, `${where}: ${key}`).toBe(value)
      }
      for (const [id, pool] of after.pools3.pools) {
        const changes = rangeChanges(id, before.pools3.pools.get(id)!, pool, receipts)
        // From the trades alone what the positions earned and exchanged, but for the units that each of them rounds down.
        const earned = changes.reduce((sum, { fees, trading }) => plus(sum, plus(fees, trading)), nothing)
        const left = minus(traded(id, receipts), earned)
        kept.set(id, plus(kept.get(id) ?? nothing, left))
        const roundings = BigInt(4 * (receipts.length + 1) * (changes.length + 1))
        for (const coin of coins)
          expect(left[coin] <= roundings && left[coin] >= -roundings, `${where}: pool ${id} keeps ${left[coin]} ${coin}`).toBe(true)
        const owned = [...ledger.values()].reduce((sum, account) => (account.pool === id ? plus(sum, account.amounts) : sum), nothing)
        const above = minus(pool, owned)
        // The first deposit, made before the ledger was opened, was rounded up by a unit at most.
        for (const coin of coins) {
          const opening = above[coin] - kept.get(id)![coin]
          expect(above[coin] >= 0n && opening >= 0n && opening <= 2n, `${where}: pool ${id} has ${above[coin]} ${coin} too much`).toBe(true)
        }
      }
      before = after
    }
  })
  await Effect.runPromise(playing)
  for (const kind of ["pool3.swapped", "pool3.increased", "pool3.decreased", "pool3.collected", "pool.swapped"] as const)
    expect([kind, done.get(kind)! > count / 4]).toEqual([kind, true])
  for (const kind of ["pool.liquidityAdded", "pool.liquidityRemoved", "venue.posted"] as const)
    expect([kind, done.get(kind)! > count / 10]).toEqual([kind, true])
}, 300_000)
