import { metric } from "../metric.ts"
import { offeredYield } from "../protocols/delegationYield.ts"

export const graphOfferedYieldPerYear = metric({
  label: "Yield that delegations are offered",
  unit: "share",
  description:
    "What a delegated token will earn in a year as cuts and delegations stand: at indexers never slashed, and at the others; one column each",
  daily: "last",
  of: ({ after: { graph }, world: { rules } }) =>
    rules.graph === undefined
      ? undefined
      : new Map([
          ["clean", offeredYield(graph, rules.graph, false)],
          ["slashed", offeredYield(graph, rules.graph, true)],
        ]),
})
