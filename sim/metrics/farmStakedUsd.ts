import { usdPerShare } from "../protocols/pool.ts"
import { metric } from "../metric.ts"

export const farmStakedUsd = metric({
  label: "Staked in farms",
  unit: "USD",
  description: "Value of the pool shares staked; one column a farm",
  daily: "last",
  of: ({ after }) => {
    const staked = [...after.farms].map(([id, { totalShares }]) => [id, Number(totalShares) * usdPerShare(after.pool)] as const)
    return new Map(staked.length === 0 ? [] : [["all", staked.reduce((sum, [, usd]) => sum + usd, 0)], ...staked])
  },
})
