import { metric } from "../metric.ts"

export const jobsFailed = metric({
  label: "Jobs failed",
  unit: "jobs",
  description: "Jobs that died with their site in the tick",
  daily: "sum",
  of: ({ outcome }) => outcome.failed.length,
})
