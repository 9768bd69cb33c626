import type { OutcomeTable } from "../outcomeTable.ts"

/** The outcome of a variant at each of its seeds; NaN where the run failed or the metric has no value. */
export const valuesOf = ({ values, runs }: OutcomeTable, outcome: string, variant: number): ReadonlyArray<number> =>
  Array.from(values[outcome]![variant]!).slice(0, runs[variant]!.length)
