import { factsOf } from "../facts.ts"
import type { LedgerView, Receipt } from "../ledger.ts"
import { shareOwner } from "./ownedShares.ts"

/** What farms owe each provider more than before, and what they have paid it, in wei; the vault answers for its strategies. */
export const farmRewards = (before: LedgerView, after: LedgerView, receipts: ReadonlyArray<Receipt>): ReadonlyMap<string, bigint> => {
  const rewards = new Map<string, bigint>()
  const add = (account: string, amountWei: bigint) => {
    const owner = shareOwner(after, account)
    rewards.set(owner, (rewards.get(owner) ?? 0n) + amountWei)
  }
  for (const { earnedWei } of before.farms.values()) for (const [account, amountWei] of earnedWei) add(account, -amountWei)
  for (const { earnedWei } of after.farms.values()) for (const [account, amountWei] of earnedWei) add(account, amountWei)
  for (const { agent, amountWei } of factsOf(receipts, "farm.rewardPaid")) add(agent, amountWei)
  return rewards
}
