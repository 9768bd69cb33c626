import { metric } from "../metric.ts"
import { sumOf } from "../facts.ts"
import { delegationRewards } from "../protocols/delegationRewards.ts"
import { fromWei } from "../units.ts"

export const graphRewardsTokens = metric({
  label: "Rewards of allocations",
  unit: "tokens",
  description: "Minted for allocations that were closed, by who got them; one column each",
  daily: "sum",
  of: ({ world, settlement: { receipts } }) => {
    if (world.rules.graph === undefined) return undefined
    const delegators = [...delegationRewards(receipts).values()].reduce((sum, amountWei) => sum + fromWei(amountWei), 0)
    const all = fromWei(sumOf(receipts, "graph.rewarded", (fact) => fact.amountWei))
    return new Map([
      ["indexers", all - delegators],
      ["delegators", delegators],
    ])
  },
})
