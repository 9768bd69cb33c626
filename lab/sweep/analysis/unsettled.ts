import { stoppingState } from "../../../sim/stats/stoppingRule.ts"
import type { Sweep } from "../sweepFile.ts"
import type { OutcomeTable } from "../outcomeTable.ts"
import { valuesOf } from "./valuesOf.ts"

export type Until = NonNullable<Sweep["until"]>

/** A variant that needs further seeds, and how many it then has. */
export interface Unsettled {
  readonly variant: number
  readonly seeds: number
}

/**
 * The variants whose interval is wider than the sweep file wants, each with a half more seeds than it has. The interval is a confidence sequence,
 * which may be looked at after every round. Seeds that failed count as seeds and give no value. Empty: the sweep is done.
 */
export const unsettled = (until: Until, table: OutcomeTable): ReadonlyArray<Unsettled> =>
  table.runs.flatMap((runs, variant) => {
    const values = valuesOf(table, until.outcome, variant).filter(Number.isFinite)
    const isDone = runs.length >= until.seedsMax || stoppingState(until, values).isReached
    return isDone ? [] : [{ variant, seeds: Math.min(until.seedsMax, runs.length + Math.max(1, Math.ceil(runs.length / 2))) }]
  })
