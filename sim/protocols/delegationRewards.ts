import type { Receipt } from "../ledger.ts"

/** What the delegators of each indexer were given: of each allocation's reward, what neither was paid out nor became the indexer's stake. */
export const delegationRewards = (receipts: ReadonlyArray<Receipt>): ReadonlyMap<string, bigint> => {
  const rewards = new Map<string, bigint>()
  const add = (indexer: string, amountWei: bigint) => rewards.set(indexer, (rewards.get(indexer) ?? 0n) + amountWei)
  for (const { order, facts } of receipts) {
    if (order.action.kind !== "graph.close") continue
    for (const fact of facts) {
      if (fact.kind === "graph.rewarded") add(fact.indexer, fact.amountWei)
      if (fact.kind === "graph.paidOut") add(fact.indexer, -fact.amountWei)
      if (fact.kind === "graph.staked") add(fact.agent, -fact.amountWei)
    }
  }
  return rewards
}
