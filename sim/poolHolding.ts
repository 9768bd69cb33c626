import type { LedgerView } from "./ledger.ts"

/** Shares of the main pool that belong to an agent: in its hands, staked in farms, and in the vault. */
export const poolHolding = ({ pool, farms, vault }: LedgerView, id: string): bigint => {
  let shares = (pool.shares.get(id) ?? 0n) + (vault.worth.get(id) ?? 0n)
  for (const farm of farms.values()) shares += farm.shares.get(id) ?? 0n
  return shares
}
