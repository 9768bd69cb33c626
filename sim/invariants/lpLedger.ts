import { factsOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import type { LedgerView, Receipt } from "../ledger.ts"
import { type Amounts, minus, nothing, plus } from "../liquidity/amounts.ts"
import { mainPool } from "../liquidity/lpLedger.ts"
import { pairChanges, pairState } from "../liquidity/pairChanges.ts"
import { rangeChanges, standing } from "../liquidity/rangeChanges.ts"
import type { Pool } from "../protocols/pool3.ts"

/**
 * What the LP ledger makes of the facts is what the chain shows. The pair is replayed to the unit. A v3 pool holds what its positions stand
 * for and some units of rounding that are nobody's, and its positions together earn the fee of what was paid in.
 */
export const lpLedger: Invariant = {
  name: "LP ledger",
  check: (before, after, receipts) => brokenPair(before, after, receipts) ?? brokenRanges(before, after, receipts),
}

const brokenPair = (before: LedgerView, after: LedgerView, receipts: ReadonlyArray<Receipt>): string | undefined => {
  const { state } = pairChanges(mainPool, pairState(before), receipts)
  const { pool } = after
  return firstBroken(
    { what: "tokens of the pair, wei", found: pool.tokenReserveWei, expected: state.reserves.tokenWei },
    { what: "dollars of the pair, micros", found: pool.dollarReserveMicros, expected: state.reserves.dollarMicros },
    { what: "shares of the pair", found: pool.totalShares, expected: state.totalShares },
    ...[...state.shares].map(([owner, shares]) => ({
      what: `pool shares of ${owner}`,
      found: pool.shares.get(owner) ?? 0n,
      expected: shares,
    })),
  )
}

/** Units that a position, and a swap at each price at which liquidity changes, may leave over or take back by rounding. */
const SLACK_UNITS = 4n

const brokenRanges = (before: LedgerView, after: LedgerView, receipts: ReadonlyArray<Receipt>): string | undefined => {
  for (const [name, pool] of after.pools3.pools) {
    const earlier = before.pools3.pools.get(name) ?? pool
    const swaps = factsOf(receipts, "pool3.swapped").filter((fact) => fact.pool === name)
    const moves = factsOf(receipts, "pool3.increased").length + factsOf(receipts, "pool3.decreased").length
    const steps = BigInt((swaps.length + 1) * (2 * pool.positions.size + 2) + moves)
    const gifts = giftsTo(`pool3.${name}`, receipts)
    const dust = minus(plus(dustOf(earlier), gifts), dustOf(pool))
    const fees = rangeChanges(name, earlier, pool, receipts).reduce<Amounts>((sum, change) => plus(sum, change.fees), nothing)
    const paid = swaps.reduce<Amounts>(
      (sum, { sell, amountIn }) =>
        plus(sum, sell === "token" ? { tokenWei: amountIn, dollarMicros: 0n } : { tokenWei: 0n, dollarMicros: amountIn }),
      nothing,
    )
    for (const coin of ["tokenWei", "dollarMicros"] as const) {
      const due = (paid[coin] * BigInt(pool.feePips)) / 1_000_000n
      if (dustOf(pool)[coin] < 0n) return `${coin} of the positions in ${name} exceed what the pool holds by ${-dustOf(pool)[coin]}`
      if (size(dust[coin]) > SLACK_UNITS * steps) return `${coin} that are nobody's in ${name} changed by ${-dust[coin]} in one tick`
      if (size(fees[coin] - due) > SLACK_UNITS * steps) return `fees in ${name}, ${coin}: found ${fees[coin]}, expected ${due}`
    }
  }
  return undefined
}

/** What the pool holds beyond what its positions stand for. */
const dustOf = (pool: Pool): Amounts =>
  [...pool.positions.values()].reduce<Amounts>((rest, position) => {
    const { liquidity, owed } = standing(pool, position)
    return minus(rest, plus(liquidity, owed))
  }, pool)

const size = (units: bigint): bigint => (units < 0n ? -units : units)
