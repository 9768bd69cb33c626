import { metric } from "../metric.ts"
import { usdPerToken } from "../units.ts"

export const priceGapShare = metric({
  label: "Gap between pool and outside",
  unit: "share",
  description: "How far the price in the Uniswap v2 pool is from the price outside at the end of the tick, up or down",
  daily: "mean",
  of: ({ after, exogenous }) =>
    Math.abs(usdPerToken(after.pool.dollarReserveMicros, after.pool.tokenReserveWei) / exogenous.reference.usdPerToken - 1),
})
