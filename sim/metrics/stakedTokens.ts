import { fromWei } from "../units.ts"
import { metric } from "../metric.ts"

export const stakedTokens = metric({
  label: "Staked",
  unit: "tokens",
  description: "Tokens in the provider registry",
  daily: "last",
  of: ({ after }) => fromWei(after.registry.totalStakeWei),
})
