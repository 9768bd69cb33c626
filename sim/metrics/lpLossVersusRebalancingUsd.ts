import { byPool } from "../liquidity/byPool.ts"
import { metric } from "../metric.ts"

export const lpLossVersusRebalancingUsd = metric({
  label: "Loss versus rebalancing of liquidity providers",
  unit: "USD",
  description: "Gain of the positions against making the pool's trades at the outside price (Milionis et al. 2022); a loss is negative.",
  daily: "sum",
  of: ({ liquidity }) => byPool(liquidity, (account) => account.tick.lossVersusRebalancing),
})
