import { toUsd } from "./amounts.ts"
import type { Account, LpLedger } from "./lpLedger.ts"

/** A sum over the positions of each pool, in dollars. */
export const byPool = (ledger: LpLedger, of: (account: Account) => bigint): ReadonlyMap<string, number> => {
  const sums = new Map<string, bigint>()
  for (const account of ledger.values()) sums.set(account.pool, (sums.get(account.pool) ?? 0n) + of(account))
  return new Map([...sums].map(([pool, sum]) => [pool, toUsd(sum)]))
}
