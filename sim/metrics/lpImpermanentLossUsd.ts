import { byPool } from "../liquidity/byPool.ts"
import { metric } from "../metric.ts"

export const lpImpermanentLossUsd = metric({
  label: "Impermanent loss of liquidity providers",
  unit: "USD",
  description: "Gain of the positions against holding what was paid in, fees apart; a loss is negative.",
  daily: "sum",
  of: ({ liquidity }) => byPool(liquidity, (account) => account.tick.impermanentLoss),
})
