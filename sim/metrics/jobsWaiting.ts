import { metric } from "../metric.ts"

export const jobsWaiting = metric({
  label: "Jobs waiting",
  unit: "jobs",
  description: "Jobs, or parts of jobs, that waited for a provider, on average over the tick; where the market has queues",
  daily: "mean",
  of: ({ world, outcome }) => (world.hasQueues ? outcome.waitingTaskHours / world.now.hours : undefined),
})
