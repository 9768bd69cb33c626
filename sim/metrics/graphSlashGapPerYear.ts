import { metric } from "../metric.ts"
import { offeredYield } from "../protocols/delegationYield.ts"

export const graphSlashGapPerYear = metric({
  label: "Yield lost to slashing",
  unit: "share",
  description:
    "What a token delegated to indexers never slashed will earn in a year, less what one earns that is delegated to the others, as cuts and delegations stand",
  daily: "last",
  of: ({ after: { graph }, world: { rules } }) =>
    rules.graph === undefined ? undefined : offeredYield(graph, rules.graph, false) - offeredYield(graph, rules.graph, true),
})
