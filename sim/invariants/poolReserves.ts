import { firstBroken, type Invariant, total } from "../invariant.ts"
import type { Fact, LedgerView, Receipt } from "../ledger.ts"

/** The pool's reserves are what it holds, and its locked shares stay locked. */
export const poolReserves: Invariant = {
  name: "pool reserves",
  check: (before, after, receipts) => {
    const expected = receipts.flatMap(({ facts }: Receipt) => facts).reduce(next, unbooked(before))
    const found = unbooked(after)
    return firstBroken(
      { what: "tokens of the pool above its reserve, wei", found: found.tokenWei, expected: expected.tokenWei },
      { what: "dollars of the pool above its reserve, micros", found: found.dollarMicros, expected: expected.dollarMicros },
      { what: "pool shares held by no agent", found: locked(after), expected: locked(before) },
    )
  },
}

interface Unbooked {
  readonly tokenWei: bigint
  readonly dollarMicros: bigint
}

const unbooked = ({ token, dollar, pool }: LedgerView): Unbooked => ({
  tokenWei: (token.balanceWei.get("pool") ?? 0n) - pool.tokenReserveWei,
  dollarMicros: (dollar.balanceMicros.get("pool") ?? 0n) - pool.dollarReserveMicros,
})

const locked = ({ pool }: LedgerView): bigint => pool.totalShares - total(pool.shares)

/** A Uniswap v2 pair books what was sent to it unasked with the next trade or change of liquidity. */
const next = (before: Unbooked, fact: Fact): Unbooked => {
  switch (fact.kind) {
    case "token.transferred":
      return fact.to === "pool" ? { ...before, tokenWei: before.tokenWei + fact.amountWei } : before
    case "dollar.transferred":
      return fact.to === "pool" ? { ...before, dollarMicros: before.dollarMicros + fact.amountMicros } : before
    case "pool.swapped":
    case "pool.liquidityAdded":
    case "pool.liquidityRemoved":
    case "burn.executed":
      return { tokenWei: 0n, dollarMicros: 0n }
    default:
      return before
  }
}
