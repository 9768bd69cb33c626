import { fromMicros } from "../units.ts"
import { metric } from "../metric.ts"

export const paidUsdPerWorkHour = metric({
  label: "Price in the network",
  unit: "USD/work hour",
  description: "Mean price of the jobs that began in the tick, per hour of the reference GPU; the last known one when none began",
  daily: "last",
  of: ({ outcome, previous }) => {
    const hours = outcome.started.reduce((sum, { workHoursPerGpu, gpuCount }) => sum + workHoursPerGpu * gpuCount, 0)
    if (hours === 0) return previous?.["paidUsdPerWorkHour"] ?? 0
    return outcome.started.reduce((sum, { amountMicros }) => sum + fromMicros(amountMicros), 0) / hours
  },
})
