import { metric } from "../metric.ts"
import { tradingPools, usdPerTokenIn } from "../protocols/tradingPool.ts"

export const priceByPoolUsd = metric({
  label: "Price by pool",
  unit: "USD/token",
  description:
    "Marginal price of the token in each pool at the end of the tick, where there are several; one column a pool, the main one first",
  daily: "last",
  of: ({ after }) =>
    after.pools3.pools.size === 0 ? new Map() : new Map(tradingPools(after).map((pool) => [pool.id, usdPerTokenIn(pool)])),
})
