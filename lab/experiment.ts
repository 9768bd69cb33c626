import { readFileSync, rmSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { Effect, Result, Stream } from "effect"
import type { LedgerUnavailable } from "../sim/ledger.ts"
import { tickCount } from "../sim/clock.ts"
import { sha256 } from "./execution/sha256.ts"
import { type Executor, RunFailed, workerExecutor } from "./executor.ts"
import { say } from "./print.ts"
import { openProgress } from "./progress.ts"
import { localQueue } from "./queue/localQueue.ts"
import type { RunCounts, RunQueue, WantedRun } from "./queue/runQueue.ts"
import { currentMaker, type Maker, runIds } from "./runManifest.ts"
import { inspectRun, prepareStore, readRun, type ResultInvalid, type StoredRun, type StoreFailed } from "./runStore.ts"
import type { CheckedScenario } from "./scenarioFile.ts"
import { type WorkError, workOff } from "./workers.ts"

export interface RunsOptions {
  /** The name under which the runs are wanted; two hosts that give the same one share the work. */
  readonly batch: string
  readonly out: string
  readonly queue: RunQueue
  readonly maker: Maker
  /** Runs at the same time; one a core where it is left out. */
  readonly workers?: number
  readonly stopsAtFailure?: boolean
  /** A process of its own for each unless a benchmark says otherwise. */
  readonly openExecutor?: typeof workerExecutor
}

/** More failures than this are not told one by one: the catalogue has them. */
const notesMax = 10

/**
 * Executes runs that are not finished yet, in worker processes. Reads the runs as a stream and keeps none of them: `queue.records` tells what
 * became of each. A run that fails is kept with its error, and the others go on.
 */
export const executeRuns = (runs: Iterable<WantedRun>, options: RunsOptions): Effect.Effect<RunCounts, WorkError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const { batch, out, queue, maker, openExecutor = workerExecutor } = options
      yield* queue.add(batch, runs)
      const before = yield* queue.counts(batch)
      const count = before.waiting + before.running + before.finished + before.failed
      const todo = before.waiting + before.running
      const progress = openProgress()
      yield* Effect.addFinalizer(() => Effect.sync(progress.close))
      if (before.finished > 0) progress.note(`${before.finished} of ${count} runs are finished already and are not run again`)
      if (before.failed > 0) progress.note(`${before.failed} of ${count} runs failed before because of the model and are not run again`)
      if (todo === 0) return before

      const shares = new Map<string, number>()
      let [finished, failed, ticks] = [before.finished, 0, 0]
      const show = () => {
        const done = [...shares.values()].reduce((sum, share) => sum + share, finished - before.finished + failed)
        progress.update(Math.min(1, done / todo), `${finished} of ${count} runs, ${ticks} ticks`)
      }
      const ticksOf = new Map<string, number>()
      const advance = ({ id }: WantedRun, to: number) => {
        ticks += to - (ticksOf.get(id) ?? 0)
        ticksOf.set(id, to)
      }
      const workers = Math.max(1, Math.min(options.workers ?? availableParallelism(), todo))
      const executors: Array<Executor> = []
      for (let n = 0; n < workers; n++) executors.push(yield* openExecutor(out, maker))
      yield* workOff(queue, batch, {
        executors,
        out,
        stopsAtFailure: options.stopsAtFailure === true,
        onTicks: (run, at) => {
          advance(run, at)
          shares.set(run.id, at / tickCount(run.order.scenario.calendar))
          show()
        },
        onEnd: (run, end) => {
          const isFinished = !("state" in end)
          if (isFinished) advance(run, tickCount(run.order.scenario.calendar))
          ticksOf.delete(run.id)
          shares.delete(run.id)
          if (isFinished) finished++
          else if (end.state === "waiting") progress.note(`seed ${run.order.seed}: ${end.message}; trying it once more`)
          else if (++failed <= notesMax) progress.note(`seed ${run.order.seed}: ${end.message}; it is shown again by: ${end.replay}`)
          show()
        },
      })
      return yield* queue.counts(batch)
    }),
  )

/** The runs of a scenario, each with its id. */
export const runsOf = ({ scenario, catalogue }: CheckedScenario, seeds: Iterable<string>, maker: Maker): Iterable<WantedRun> => {
  const idOf = runIds({ scenario, catalogue }, maker)
  return (function* () {
    for (const seed of seeds) yield { id: idOf(seed), order: { scenario, catalogue, seed } }
  })()
}

export interface ExperimentOptions {
  readonly seeds: ReadonlyArray<string>
  readonly out: string
  readonly workers?: number
}

/**
 * Every seed of every scenario, executed unless its result is there already; after a failure no new run is begun. The runs come scenario by
 * scenario, in the order of the seeds.
 */
export const executeScenarios = (
  scenarios: ReadonlyArray<CheckedScenario>,
  { seeds, out, ...options }: ExperimentOptions,
): Effect.Effect<ReadonlyArray<ReadonlyArray<StoredRun>>, LedgerUnavailable | ResultInvalid | RunFailed | WorkError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const maker = yield* currentMaker
      yield* attempt<StoreFailed, void>(() => prepareStore(out))
      const plan = scenarios.map((checked) => [...runsOf(checked, seeds, maker)])
      const runs = plan.flat()
      yield* Effect.sync(() => removeDamaged(out, runs))
      const queue = yield* localQueue(out, maker)
      const batch = `runs ${sha256(runs.map(({ id }) => id).join(" ")).slice(0, 16)}`
      const end = yield* executeRuns(runs, { batch, out, queue, maker, stopsAtFailure: true, ...options })
      if (end.failed > 0) return yield* new RunFailed({ cause: "model", message: yield* failureText(queue, batch, runs.length, end) })
      return yield* attempt<ResultInvalid, ReadonlyArray<ReadonlyArray<StoredRun>>>(() =>
        plan.map((part) => part.map(({ id }) => readRun(join(out, id)))),
      )
    }),
  )

/** One line for each different failure, those of an earlier execution included. */
const failureText = (queue: RunQueue, batch: string, count: number, { failed }: RunCounts): Effect.Effect<string, WorkError> =>
  queue.records(batch).pipe(
    Stream.filterMap(({ seed, failure }) =>
      failure === undefined ? Result.failVoid : Result.succeed(`seed ${seed}: ${failure.message}; it is shown again by: ${failure.replay}`),
    ),
    Stream.runCollect,
    Effect.map((lines) => [`${failed} of ${count} runs failed; finished runs are kept`, ...new Set(lines)].join("\n")),
  )

/** A result that is not what its run wrote is executed again, by name. */
const removeDamaged = (out: string, runs: ReadonlyArray<WantedRun>): void => {
  for (const { id } of runs) {
    const path = join(out, id)
    const state = inspectRun(path)
    if (state.kind !== "damaged") continue
    say(`${state.message}; running it again`)
    rmSync(path, { recursive: true, force: true })
  }
}

export const attempt = <E, A>(work: () => A): Effect.Effect<A, E> => Effect.try({ try: work, catch: (error) => error as E })

/** How long the run took on the machine that executed it. */
export const hostSeconds = ({ path }: StoredRun): number =>
  (JSON.parse(readFileSync(join(path, "host.json"), "utf8")) as { readonly seconds: number }).seconds
