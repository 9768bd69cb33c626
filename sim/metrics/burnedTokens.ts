import { fromWei } from "../units.ts"
import { metric } from "../metric.ts"

export const burnedTokens = metric({
  label: "Burned",
  unit: "tokens",
  description: "Tokens bought and burned with fees since the start",
  daily: "last",
  of: ({ after }) => fromWei(after.burn.burnedWei),
})
