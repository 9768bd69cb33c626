import { metric } from "../metric.ts"
import { meanUsdPerToken } from "../protocols/priceSource.ts"

export const meanPriceUsd = metric({
  label: "Mean price",
  unit: "USD/token",
  description:
    "Price by the source that the scenario names, the time-weighted mean of a pool or the answer of a feed, at the end of the tick",
  daily: "last",
  of: ({ after, world }) => (world.rules.priceSource.kind === "spot" ? undefined : meanUsdPerToken(world.rules.priceSource, after)),
})
