import { metric } from "../metric.ts"
import { delegationRewards } from "../protocols/delegationRewards.ts"
import type { Indexer } from "../protocols/graph.ts"
import { DAYS_PER_YEAR, fromWei } from "../units.ts"

export const graphYieldPerYear = metric({
  label: "Yield of delegations",
  unit: "share",
  description:
    "What delegated tokens earned in the day over their amount, times 365: at all indexers, at those that had never been slashed by then, and at the others; one column each",
  daily: "sum",
  of: ({ before, world, settlement: { receipts } }) => {
    if (world.rules.graph === undefined) return undefined
    const rewards = delegationRewards(receipts)
    // A day's yields add up, so each tick has its own part of them.
    const perYear = (isIn: (indexer: Indexer) => boolean) => {
      let [earned, delegated] = [0, 0]
      for (const [id, indexer] of before.graph.indexers) {
        if (!isIn(indexer)) continue
        earned += fromWei(rewards.get(id) ?? 0n)
        delegated += fromWei(indexer.delegatedWei)
      }
      return delegated === 0 ? 0 : (earned / delegated) * DAYS_PER_YEAR
    }
    return new Map([
      ["all", perYear(() => true)],
      ["clean", perYear(({ slashes }) => slashes === 0)],
      ["slashed", perYear(({ slashes }) => slashes > 0)],
    ])
  },
})
