import { byPool } from "../liquidity/byPool.ts"
import { metric } from "../metric.ts"

export const lpValueUsd = metric({
  label: "Value of the liquidity",
  unit: "USD",
  description: "What all positions of a pool stand for, uncollected fees included, at the outside market's price.",
  daily: "last",
  of: ({ liquidity }) => byPool(liquidity, (account) => account.value),
})
