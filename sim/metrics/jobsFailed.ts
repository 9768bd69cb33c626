import { metric } from "../metric.ts"

export const jobsFailed = metric({
  label: "Jobs failed",
  unit: "jobs",
  description: "Jobs that a failure of their site was the end of, or whose wrong result was refused",
  daily: "sum",
  of: ({ outcome }) => outcome.died.length,
})
