import { usdPerToken } from "../units.ts"
import { metric } from "../metric.ts"

export const priceUsd = metric({
  label: "Price in the pool",
  unit: "USD/token",
  description: "Marginal price of the token in the Uniswap pool at the end of the tick",
  daily: "last",
  of: ({ after }) => usdPerToken(after.pool.dollarReserveMicros, after.pool.tokenReserveWei),
})
