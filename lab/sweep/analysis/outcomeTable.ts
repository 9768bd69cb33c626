import type { Maker } from "../../runManifest.ts"
import type { Outcome } from "../sweepFile.ts"

/** What a sweep's runs came to: one number for each outcome, variant and seed, and nothing else of the runs. */
export interface OutcomeTable {
  readonly outcomes: ReadonlyArray<Outcome>
  /** By outcome id: for each variant one number a seed, NaN where the run failed or the metric has none. */
  readonly values: Readonly<Record<string, ReadonlyArray<ArrayLike<number>>>>
  /** For each variant the id of each seed's run, null where it failed; shorter where the variant was stopped early. */
  readonly runs: ReadonlyArray<ReadonlyArray<string | null>>
  readonly failures: ReadonlyArray<{ readonly variant: number; readonly seed: string; readonly message: string; readonly replay: string }>
  /** What made all of them. */
  readonly maker: Maker
}

/** The outcome of a variant at each of its seeds. */
export const valuesOf = ({ values, runs }: OutcomeTable, outcome: string, variant: number): ReadonlyArray<number> =>
  Array.from(values[outcome]![variant]!).slice(0, runs[variant]!.length)
