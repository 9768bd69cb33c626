import { byPool } from "../liquidity/byPool.ts"
import { metric } from "../metric.ts"

export const lpFeesUsd = metric({
  label: "Fees of liquidity providers",
  unit: "USD",
  description: "What traders left for the positions of a pool, and the gain on the part that is still in it.",
  daily: "sum",
  of: ({ liquidity }) => byPool(liquidity, (account) => account.tick.fees),
})
