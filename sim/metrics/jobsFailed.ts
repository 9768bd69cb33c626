import { metric } from "../metric.ts"

export const jobsFailed = metric({
  label: "Jobs failed",
  unit: "jobs",
  description: "Jobs that died with their site in the tick, or whose wrong result was refused",
  daily: "sum",
  of: ({ outcome }) => outcome.failed.length,
})
