import { metric } from "../metric.ts"

export const jobsCloud = metric({
  label: "Jobs gone to the cloud",
  unit: "jobs",
  description: "Jobs bought from a cloud because the network was full or dear",
  daily: "sum",
  of: ({ outcome }) => outcome.cloud.length,
})
