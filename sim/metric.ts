import type { Actor } from "./actor.ts"
import type { PredationLedger } from "./adversaries/predationLedger.ts"
import type { WashLedger } from "./adversaries/washLedger.ts"
import type { Books } from "./books.ts"
import type { Tolls } from "./chains/tolls.ts"
import type { Exogenous } from "./exogenous.ts"
import type { Fault } from "./faults/index.ts"
import type { FeedsOutcome } from "./feeds/rounds.ts"
import type { Deeds } from "./proofs/deed.ts"
import type { LpLedger } from "./liquidity/lpLedger.ts"
import type { LedgerView, Settlement } from "./ledger.ts"
import type { Results } from "./jobs/settlement/disputes.ts"
import type { Jobs, JobsOutcome } from "./jobs/job.ts"
import type { Site } from "./jobs/site.ts"
import type { World } from "./world.ts"

/** Everything known at the end of a tick. */
export interface Observation {
  readonly world: World
  readonly exogenous: Exogenous
  /** The ledger before tick 1. */
  readonly opening: LedgerView
  readonly before: LedgerView
  readonly after: LedgerView
  readonly settlement: Settlement
  readonly outcome: JobsOutcome
  readonly jobs: Jobs
  readonly feeds: FeedsOutcome
  readonly sites: ReadonlyMap<string, Site>
  readonly sitesBefore: ReadonlyMap<string, Site>
  readonly books: Books
  readonly booksBefore: Books
  readonly deeds: Deeds
  /** Where buyers can dispute results. */
  readonly results?: Results
  readonly resultsBefore?: Results
  readonly liquidity: LpLedger
  readonly wash: WashLedger
  readonly predation: PredationLedger
  /** Of the whole run. */
  readonly faults: ReadonlyArray<Fault>
  /** Orders that were sent and have not settled. */
  readonly ordersWaiting: number
  /** Where gas is not free. */
  readonly tolls?: Tolls
  readonly actors: ReadonlyArray<Actor>
  /** Row of the tick before; undefined in tick 1. */
  readonly previous: Row | undefined
}

/** One tick of a run: a number a metric. A family of metrics has one column a member, e.g. `providersActive.h100`. */
export type Row = Readonly<Record<string, number>>

/** One column of the results, or a family of columns. How ticks become a day: the last value, the sum, or the mean. */
export interface Metric {
  readonly label: string
  readonly unit: string
  readonly description: string
  readonly daily: "last" | "sum" | "mean"
  /** Undefined where the scenario has nothing to measure: there is no column then. */
  readonly of: (observation: Observation) => number | ReadonlyMap<string, number> | undefined
}

export const metric = (definition: Metric): Metric => definition

/** The row of a tick, columns in the order of the registry. */
export const measure = (metrics: Readonly<Record<string, Metric>>, observation: Observation): Row => {
  const row: Record<string, number> = {}
  for (const [name, { of }] of Object.entries(metrics)) {
    const value = of(observation)
    if (value === undefined) continue
    if (typeof value === "number") row[name] = value
    else for (const [member, part] of value) row[`${name}.${member}`] = part
  }
  return row
}

/** The metric that a column belongs to. */
export const metricOf = (metrics: Readonly<Record<string, Metric>>, column: string): Metric | undefined =>
  metrics[column.split(".")[0] ?? column]
