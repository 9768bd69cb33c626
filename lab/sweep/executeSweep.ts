import { Effect } from "effect"
import { executeRuns, runsOf } from "../experiment.ts"
import type { RunCounts, RunQueue, WantedRun } from "../queue/runQueue.ts"
import type { Maker } from "../runManifest.ts"
import type { WorkError } from "../workers.ts"
import { type OutcomeTable, outcomesOf, outcomeTable } from "./outcomeTable.ts"
import { type Shard, shardOf } from "./shard.ts"
import type { SweepPlan } from "./variants.ts"

export interface SweepOptions {
  readonly out: string
  readonly queue: RunQueue
  readonly maker: Maker
  readonly workers?: number
}

/** Executes what a sweep's plan lacks, and reads what its runs came to. */
export const executeSweep = (plan: SweepPlan, options: SweepOptions): Effect.Effect<OutcomeTable, WorkError> =>
  Effect.gen(function* () {
    const { queue, maker } = options
    const batch = `sweep ${plan.sweep.name}`
    const ids: Array<ReadonlyArray<string>> = []
    yield* executeRuns(runsOfPlan(plan, maker, ids), { ...options, batch })
    return yield* outcomeTable(queue, batch, plan.seeds, ids, outcomesOf(plan), maker)
  })

/** Executes what a shard of a sweep lacks. */
export const executeShard = (plan: SweepPlan, shard: Shard, options: SweepOptions): Effect.Effect<RunCounts, WorkError> =>
  executeRuns(shardOf(runsOfPlan(plan, options.maker, []), shard), {
    ...options,
    batch: `sweep ${plan.sweep.name} ${shard.index}/${shard.count}`,
  })

/** Variant by variant, each with all seeds; fills in the ids of each variant's runs, which are an earlier one's where that has its scenario. */
const runsOfPlan = function* ({ variants, seeds }: SweepPlan, maker: Maker, ids: Array<ReadonlyArray<string>>): Generator<WantedRun> {
  for (const variant of variants) {
    if (variant.sameAs !== undefined) {
      ids.push(ids[variant.sameAs]!)
      continue
    }
    const runs = [...runsOf(variant.checked, seeds, maker)]
    ids.push(runs.map(({ id }) => id))
    yield* runs
  }
}
