import { metric } from "../metric.ts"
import { farmRewardsTokens } from "./farmRewardsTokens.ts"

export const farmRewardsUsd = metric({
  label: "Cost of the farms",
  unit: "USD",
  description: "Rewards that all farms' stakers earned in the tick, claimed or not, at the pool price; where there is a farm",
  daily: "sum",
  of: (observation) => {
    const tokens = farmRewardsTokens.of(observation) as ReadonlyMap<string, number>
    return tokens.size === 0 ? undefined : [...tokens.values()].reduce((sum, part) => sum + part, 0) * observation.world.usdPerToken
  },
})
