import { metric } from "../metric.ts"

export const jobWaitHours = metric({
  label: "Wait of a job",
  unit: "hours",
  description:
    "Mean time in queues of what began in the tick, for the first time or again; the last known one when nothing began; where the market has queues",
  daily: "mean",
  of: ({ world, outcome: { started }, previous }) => {
    if (!world.hasQueues) return undefined
    if (started.length === 0) return previous?.["jobWaitHours"] ?? 0
    return started.reduce((sum, { waitedHours }) => sum + waitedHours, 0) / started.length
  },
})
