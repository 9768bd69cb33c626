import { readFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import type { LedgerUnavailable } from "../sim/ledger.ts"
import { tickCount } from "../sim/clock.ts"
import { openProgress } from "./progress.ts"
import { currentMaker, runInputs } from "./runManifest.ts"
import { inspectRun, prepareStore, readRun, type ResultInvalid, type StoredRun, type StoreFailed } from "./runStore.ts"
import type { CheckedScenario } from "./scenarioFile.ts"
import type { Job } from "./workerMessage.ts"
import { executeAll, RunFailed } from "./workers.ts"

export interface ExperimentOptions {
  readonly seeds: ReadonlyArray<string>
  readonly out: string
  readonly workers?: number
}

/** Every seed of every scenario, executed unless its result is there already. The runs come scenario by scenario, in the order of the seeds. */
export const executeScenarios = (
  scenarios: ReadonlyArray<CheckedScenario>,
  { seeds, out, workers = availableParallelism() }: ExperimentOptions,
): Effect.Effect<ReadonlyArray<ReadonlyArray<StoredRun>>, LedgerUnavailable | StoreFailed | ResultInvalid | RunFailed> =>
  Effect.gen(function* () {
    const maker = yield* currentMaker
    yield* attempt<StoreFailed, void>(() => prepareStore(out))
    const progress = openProgress()
    const plan = scenarios.map(({ scenario, catalogue }) =>
      seeds.map((seed) => {
        const order = { scenario, catalogue, seed }
        return { job: { order, maker, out }, path: join(out, runInputs(order, maker).id), ticks: tickCount(scenario.calendar) }
      }),
    )
    const all = plan.flat()
    const todo = all.filter(({ path }) => {
      const state = inspectRun(path)
      if (state.kind === "damaged") progress.note(`${state.message}; running it again`)
      return state.kind !== "complete"
    })
    if (todo.length < all.length)
      progress.note(`${all.length - todo.length} of ${all.length} runs are finished already and are not run again`)

    const ticksDone = new Map<Job, number>()
    const ticksAll = todo.reduce((sum, { ticks }) => sum + ticks, 0)
    let finished = 0
    const show = () => {
      const done = [...ticksDone.values()].reduce((sum, ticks) => sum + ticks, 0)
      progress.update(done / ticksAll, `${finished} of ${todo.length} runs, ${done} of ${ticksAll} ticks`)
    }
    const ticksOf = new Map(todo.map(({ job, ticks }) => [job, ticks]))
    const failures = yield* executeAll(
      todo.map(({ job }) => job),
      {
        workers: Math.max(1, Math.min(workers, todo.length)),
        onTicks: (job, ticks) => {
          ticksDone.set(job, ticks)
          show()
        },
        onFinished: (job) => {
          finished++
          ticksDone.set(job, ticksOf.get(job)!)
          show()
        },
      },
    ).pipe(Effect.ensuring(Effect.sync(progress.close)))
    if (failures.length > 0) return yield* summary(failures, all.length)
    return yield* attempt<ResultInvalid, ReadonlyArray<ReadonlyArray<StoredRun>>>(() =>
      plan.map((runs) => runs.map(({ path }) => readRun(path))),
    )
  })

/** One line for each different failure. */
const summary = (failures: ReadonlyArray<RunFailed>, count: number): RunFailed => {
  const messages = [...new Set(failures.map(({ message }) => message))]
  return new RunFailed({ message: `${failures.length} of ${count} runs failed; finished runs are kept\n${messages.join("\n")}` })
}

export const attempt = <E, A>(work: () => A): Effect.Effect<A, E> => Effect.try({ try: work, catch: (error) => error as E })

/** How long the run took on the machine that executed it. */
export const hostSeconds = ({ path }: StoredRun): number =>
  (JSON.parse(readFileSync(join(path, "host.json"), "utf8")) as { readonly seconds: number }).seconds
