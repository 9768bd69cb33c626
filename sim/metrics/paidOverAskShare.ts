import { fromMicros } from "../units.ts"
import { metric } from "../metric.ts"

export const paidOverAskShare = metric({
  label: "Paid over what was asked",
  unit: "share",
  description:
    "Price of the jobs that began in the tick over what their providers ask for the same hours, less one; the last known one when none began; where the rules of the market set the price",
  daily: "mean",
  of: ({ world, outcome: { started }, previous }) => {
    if (!world.hasMarketPrices) return undefined
    const askUsd = started.reduce((sum, job) => sum + job.askUsd, 0)
    if (askUsd === 0) return previous?.["paidOverAskShare"] ?? 0
    return started.reduce((sum, { amountMicros }) => sum + fromMicros(amountMicros), 0) / askUsd - 1
  },
})
