import { metric } from "../metric.ts"

export const jobsLost = metric({
  label: "Jobs not done",
  unit: "jobs",
  description: "Jobs for which neither the network nor a cloud was worth its price",
  daily: "sum",
  of: ({ outcome }) => outcome.lost.length,
})
