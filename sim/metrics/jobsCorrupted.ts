import { metric } from "../metric.ts"

export const jobsCorrupted = metric({
  label: "Wrong results accepted",
  unit: "jobs",
  description:
    "Jobs whose result was wrong and that were paid for because nobody noticed, or, where results can be disputed, that were handed over; only where a fault corrupts results or providers guess them",
  daily: "sum",
  of: ({ faults, outcome, actors }) =>
    faults.some(({ kind }) => kind === "corruptedResults") || actors.some(({ params }) => Number(params["guessedShare"] ?? 0) > 0)
      ? outcome.corrupted.length
      : undefined,
})
