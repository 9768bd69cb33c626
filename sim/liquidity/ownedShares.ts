import type { LedgerView } from "../ledger.ts"
import { farmAccount } from "../protocols/farm.ts"
import { strategyAccount, vaultAccount } from "../protocols/vault.ts"

/** The account that answers for shares of the main pool: a strategy's are the vault's. */
export const shareOwner = ({ vault }: Pick<LedgerView, "vault">, account: string): string =>
  [...vault.strategies.keys()].some((farm) => strategyAccount(farm) === account) ? vaultAccount : account

/** Shares of the main pool by who answers for them: a stake is still its staker's, and a vault is an owner of its own. */
export const ownedShares = (view: Pick<LedgerView, "pool" | "farms" | "vault">): ReadonlyMap<string, bigint> => {
  const { pool, farms } = view
  if (farms.size === 0 && view.vault.shares.size === 0) return pool.shares
  const owned = new Map<string, bigint>()
  const add = (account: string, shares: bigint) => {
    const owner = shareOwner(view, account)
    owned.set(owner, (owned.get(owner) ?? 0n) + shares)
  }
  const farmAccounts = new Set([...farms.keys()].map(farmAccount))
  for (const [account, shares] of pool.shares) if (!farmAccounts.has(account)) add(account, shares)
  for (const { shares } of farms.values()) for (const [account, staked] of shares) add(account, staked)
  return owned
}
