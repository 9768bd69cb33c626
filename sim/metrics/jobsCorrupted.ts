import { metric } from "../metric.ts"

export const jobsCorrupted = metric({
  label: "Wrong results accepted",
  unit: "jobs",
  description: "Jobs that were paid for though their result was wrong, because nobody noticed; only where a fault corrupts results",
  daily: "sum",
  of: ({ faults, outcome }) => (faults.some(({ kind }) => kind === "corruptedResults") ? outcome.corrupted.length : undefined),
})
