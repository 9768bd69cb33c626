import { metric } from "../metric.ts"
import { yieldFollowed } from "../protocols/delegationYield.ts"

export const graphYieldFollowed = metric({
  label: "Delegation where yield would put it",
  unit: "share",
  description:
    "Part of the delegated tokens that is where it would be if every delegated token earned the same: 1 means that nobody could earn more elsewhere",
  daily: "last",
  of: ({ after, world }) => (world.rules.graph === undefined ? undefined : (yieldFollowed(after.graph, world.rules.graph) ?? NaN)),
})
