import { Effect } from "effect"
import { executeRuns, runsOf } from "../experiment.ts"
import type { RunCounts, RunQueue, WantedRun } from "../queue/runQueue.ts"
import type { Maker } from "../runManifest.ts"
import type { WorkError } from "../workers.ts"
import { unsettled } from "./analysis/unsettled.ts"
import { seedNames } from "../seedNames.ts"
import { type OutcomeTable, outcomesOf, outcomeTable } from "./outcomeTable.ts"
import { type Shard, shardOf } from "./shard.ts"
import type { SweepPlan } from "./variants.ts"

export interface SweepOptions {
  readonly out: string
  readonly queue: RunQueue
  readonly maker: Maker
  readonly workers?: number
}

/** Executes what a sweep's plan lacks, and reads what its runs came to; where the sweep says until when, variants get seeds until then. */
export const executeSweep = (plan: SweepPlan, options: SweepOptions): Effect.Effect<OutcomeTable, WorkError> =>
  Effect.gen(function* () {
    const { queue, maker } = options
    const { name, until } = plan.sweep
    const batch = `sweep ${name}`
    const seeds = plan.variants.map(() => plan.seeds)
    for (;;) {
      const ids: Array<ReadonlyArray<string>> = []
      yield* executeRuns(runsOfPlan(plan, seeds, maker, ids), { ...options, batch })
      const table = yield* outcomeTable(queue, batch, ids, outcomesOf(plan), maker)
      const wanting = until === undefined ? [] : unsettled(until, table)
      if (wanting.length === 0) return table
      for (const { variant, seeds: count } of wanting) seeds[variant] = seedNames(count)
    }
  })

/** Executes what a shard of a sweep lacks. */
export const executeShard = (plan: SweepPlan, shard: Shard, options: SweepOptions): Effect.Effect<RunCounts, WorkError> =>
  executeRuns(
    shardOf(
      runsOfPlan(
        plan,
        plan.variants.map(() => plan.seeds),
        options.maker,
        [],
      ),
      shard,
    ),
    { ...options, batch: `sweep ${plan.sweep.name} ${shard.index}/${shard.count}` },
  )

/** Variant by variant, each with its seeds; fills in the ids of each variant's runs, which are an earlier one's where that has its scenario. */
const runsOfPlan = function* (
  { variants }: SweepPlan,
  seeds: ReadonlyArray<ReadonlyArray<string>>,
  maker: Maker,
  ids: Array<ReadonlyArray<string>>,
): Generator<WantedRun> {
  for (const [place, variant] of variants.entries()) {
    if (variant.sameAs !== undefined) {
      ids.push(ids[variant.sameAs]!)
      continue
    }
    const runs = [...runsOf(variant.checked, seeds[place]!, maker)]
    ids.push(runs.map(({ id }) => id))
    yield* runs
  }
}
