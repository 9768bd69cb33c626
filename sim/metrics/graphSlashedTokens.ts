import { metric } from "../metric.ts"
import { fromWei } from "../units.ts"

export const graphSlashedTokens = metric({
  label: "Slashed from indexers",
  unit: "tokens",
  description: "Stake that indexers have lost by disputes since the start, half of it burned unless the protocol says otherwise",
  daily: "last",
  of: ({ after: { graph }, world }) =>
    world.rules.graph === undefined
      ? undefined
      : [...graph.indexers.values()].reduce((sum, { slashedWei }) => sum + fromWei(slashedWei), 0),
})
