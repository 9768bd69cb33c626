import { metric } from "../metric.ts"

export const jobsServed = metric({
  label: "Jobs done in the network",
  unit: "jobs",
  description: "Jobs that ended well in the tick",
  daily: "sum",
  of: ({ outcome }) => outcome.done.length,
})
