import { metric } from "../metric.ts"
import { meanUsdPerToken } from "../protocols/priceSource.ts"

export const meanPriceUsd = metric({
  label: "Mean price",
  unit: "USD/token",
  description: "Time-weighted mean price of the pool that the scenario's price source names, at the end of the tick",
  daily: "last",
  of: ({ after, world }) => (world.rules.priceSource.kind === "spot" ? undefined : meanUsdPerToken(world.rules.priceSource, after)),
})
