import { factsOf } from "../facts.ts"
import { firstBroken, type Invariant } from "../invariant.ts"
import type { LedgerView, Receipt } from "../ledger.ts"
import { type Amounts, nothing, plus } from "../liquidity/amounts.ts"
import { mainPool } from "../liquidity/lpLedger.ts"
import { pairChanges, pairState } from "../liquidity/pairChanges.ts"
import { rangeChanges } from "../liquidity/rangeChanges.ts"
import type { Side } from "../protocols/pool.ts"
import type { Pool } from "../protocols/pool3.ts"
import { minBigint } from "../units.ts"

/**
 * What the LP ledger makes of the facts is what the chain shows. The pair is replayed to the unit; the positions of a v3 pool together earn
 * the fee of what was paid in.
 */
export const lpLedger: Invariant = {
  name: "LP ledger",
  check: (before, after, receipts) => brokenPair(before, after, receipts) ?? brokenRanges(before, after, receipts),
}

const brokenPair = (before: LedgerView, after: LedgerView, receipts: ReadonlyArray<Receipt>): string | undefined => {
  const { state } = pairChanges(mainPool, pairState(before), receipts)
  const { pool } = after
  const owned = pairState(after).shares
  return firstBroken(
    { what: "tokens of the pair, wei", found: pool.tokenReserveWei, expected: state.reserves.tokenWei },
    { what: "dollars of the pair, micros", found: pool.dollarReserveMicros, expected: state.reserves.dollarMicros },
    { what: "shares of the pair", found: pool.totalShares, expected: state.totalShares },
    ...[...state.shares]
      .filter(([owner, shares]) => shares !== (owned.get(owner) ?? 0n))
      .map(([owner, shares]) => ({ what: `pool shares of ${owner}`, found: owned.get(owner) ?? 0n, expected: shares })),
  )
}

/** Units that each position, and each stretch of a swap, may gain or lose by rounding. */
const SLACK_UNITS = 4n

const brokenRanges = (before: LedgerView, after: LedgerView, receipts: ReadonlyArray<Receipt>): string | undefined => {
  for (const [name, pool] of after.pools3.pools) {
    const swaps = factsOf(receipts, "pool3.swapped").filter((fact) => fact.pool === name)
    const earlier = before.pools3.pools.get(name) ?? pool
    const changes = rangeChanges(name, earlier, pool, receipts)
    const slack = SLACK_UNITS * BigInt((swaps.length + 1) * (2 * changes.length + 2))
    const step = stepUnits(pool, earlier, name, receipts)
    const found = changes.reduce<Amounts>((sum, { fees }) => plus(sum, fees), nothing)
    const paid = (side: Side) => swaps.reduce((sum, { sell, amountIn }) => (sell === side ? sum + amountIn : sum), 0n)
    for (const [what, fees, side, unit] of [
      ["tokens, wei", found.tokenWei, "token", step.tokenWei],
      ["dollars, micros", found.dollarMicros, "dollar", step.dollarMicros],
    ] as const) {
      const due = (paid(side) * BigInt(earlier.feePips)) / 1_000_000n
      const apart = slack + BigInt(swaps.length) * unit
      if (fees - due > apart || due - fees > apart)
        return `fees of the positions in pool ${name}, ${what}: found ${fees}, expected ${due} (by rounding at most ${apart} apart)`
    }
  }
  return undefined
}

const Q96 = 2n ** 96n

/** Coins between two neighbouring prices that the pool can name; what a swap cannot turn into a change of the price is kept as a fee. */
const stepUnits = (pool: Pool, earlier: Pool, name: string, receipts: ReadonlyArray<Receipt>): Amounts => {
  let liquidity = 0n
  for (const position of [...earlier.positions.values(), ...pool.positions.values()]) liquidity += position.liquidity
  for (const fact of factsOf(receipts, "pool3.increased")) if (fact.pool === name) liquidity += fact.liquidity
  const lowest = minBigint(earlier.sqrtPriceX96, pool.sqrtPriceX96)
  const [coin0, coin1] = [(liquidity * Q96) / (lowest * lowest) + 1n, liquidity / Q96 + 1n]
  return pool.tokenFirst ? { tokenWei: coin0, dollarMicros: coin1 } : { tokenWei: coin1, dollarMicros: coin0 }
}
