import { factsOf } from "../facts.ts"
import { firstBroken, type Invariant } from "../invariant.ts"
import type { LedgerView, Receipt } from "../ledger.ts"
import { type Amounts, nothing, plus } from "../liquidity/amounts.ts"
import { mainPool } from "../liquidity/lpLedger.ts"
import { pairChanges, pairState } from "../liquidity/pairChanges.ts"
import { rangeChanges } from "../liquidity/rangeChanges.ts"
import type { Side } from "../protocols/pool.ts"

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
    ...[...state.shares].map(([owner, shares]) => ({
      what: `pool shares of ${owner}`,
      found: owned.get(owner) ?? 0n,
      expected: shares,
    })),
  )
}

/** Units that each position, at each price at which a swap meets other liquidity, may gain or lose by rounding. */
const SLACK_UNITS = 4n

const brokenRanges = (before: LedgerView, after: LedgerView, receipts: ReadonlyArray<Receipt>): string | undefined => {
  for (const [name, pool] of after.pools3.pools) {
    const swaps = factsOf(receipts, "pool3.swapped").filter((fact) => fact.pool === name)
    const changes = rangeChanges(name, before.pools3.pools.get(name) ?? pool, pool, receipts)
    const slack = SLACK_UNITS * BigInt((swaps.length + 1) * (2 * changes.length + 2))
    const found = changes.reduce<Amounts>((sum, { fees }) => plus(sum, fees), nothing)
    const paid = (side: Side) => swaps.reduce((sum, { sell, amountIn }) => (sell === side ? sum + amountIn : sum), 0n)
    for (const [what, fees, due] of [
      ["tokens, wei", found.tokenWei, (paid("token") * BigInt(pool.feePips)) / 1_000_000n],
      ["dollars, micros", found.dollarMicros, (paid("dollar") * BigInt(pool.feePips)) / 1_000_000n],
    ] as const)
      if (fees - due > slack || due - fees > slack)
        return `fees of the positions in pool ${name}, ${what}: found ${fees}, expected ${due} (by rounding at most ${slack} apart)`
  }
  return undefined
}
