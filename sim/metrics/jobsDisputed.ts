import { metric } from "../metric.ts"

export const jobsDisputed = metric({
  label: "Results disputed",
  unit: "jobs",
  description: "Jobs that their buyers disputed instead of accepting them",
  daily: "sum",
  of: ({ results, resultsBefore }) => results && resultsBefore && results.reckoning.disputed - resultsBefore.reckoning.disputed,
})
