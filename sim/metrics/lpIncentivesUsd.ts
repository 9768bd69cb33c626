import { byPool } from "../liquidity/byPool.ts"
import { metric } from "../metric.ts"

export const lpIncentivesUsd = metric({
  label: "Incentives of liquidity providers",
  unit: "USD",
  description: "Rewards of farms earned by the positions of a pool, claimed or not, at the outside market's price; where there is a farm.",
  daily: "sum",
  of: ({ liquidity, after }) => (after.farms.size === 0 ? undefined : byPool(liquidity, (account) => account.tick.incentives)),
})
