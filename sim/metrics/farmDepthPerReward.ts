import { usdPerShare } from "../protocols/pool.ts"
import { DAYS_PER_YEAR, fromWei } from "../units.ts"
import { metric } from "../metric.ts"

export const farmDepthPerReward = metric({
  label: "Depth for a dollar of reward a year",
  unit: "USD",
  description:
    "Value staked, for each dollar of reward a year at the present rate and price; one column a farm, none while it pays nothing",
  daily: "last",
  of: ({ after, world }) =>
    new Map(
      [...after.farms].map(([id, { rewardWeiPerDay, totalShares }]) => {
        const rewardUsd = fromWei(rewardWeiPerDay) * world.usdPerToken * DAYS_PER_YEAR
        return [id, rewardUsd > 0 ? (Number(totalShares) * usdPerShare(after.pool)) / rewardUsd : NaN]
      }),
    ),
})
