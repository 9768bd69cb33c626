import { usdPerShare } from "../protocols/pool.ts"
import { DAYS_PER_YEAR, fromWei } from "../units.ts"
import { metric } from "../metric.ts"

export const farmYieldPerYear = metric({
  label: "Farm yield, a year",
  unit: "share",
  description: "Reward of a year at the present rate and price for a dollar staked; one column a farm, none while nobody stakes",
  daily: "last",
  of: ({ after, world }) =>
    new Map(
      [...after.farms].map(([id, { rewardWeiPerDay, totalShares }]) => {
        const rewardUsd = fromWei(rewardWeiPerDay) * world.usdPerToken * DAYS_PER_YEAR
        return [id, totalShares > 0n ? rewardUsd / (Number(totalShares) * usdPerShare(after.pool)) : NaN]
      }),
    ),
})
