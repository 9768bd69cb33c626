import { metric } from "../metric.ts"
import { fromWei } from "../units.ts"

export const graphTokens = metric({
  label: "In The Graph's contracts",
  unit: "tokens",
  description: "Tokens that indexers stake, that are delegated to them, and that are on their way out; one column each",
  daily: "last",
  of: ({ after: { graph }, world }) => {
    if (world.rules.graph === undefined) return undefined
    const sums = { staked: 0n, delegated: 0n, thawing: 0n }
    for (const { stakedWei, thawingWei, delegatedWei } of graph.indexers.values()) {
      sums.staked += stakedWei - thawingWei
      sums.delegated += delegatedWei
      sums.thawing += thawingWei
    }
    for (const own of graph.delegations.values()) for (const { thawingWei } of own.values()) sums.thawing += thawingWei
    return new Map(Object.entries(sums).map(([name, wei]) => [name, fromWei(wei)]))
  },
})
