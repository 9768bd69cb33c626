import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Exit } from "effect"
import { canonicalJson } from "./execution/canonicalJson.ts"
import type { Executor, WorkerUnusable } from "./executor.ts"
import type { QueueFailed, RunDiverged, RunFailure, RunQueue, RunResult, WantedRun } from "./queue/runQueue.ts"
import { StoreFailed } from "./runStore.ts"

export interface WorkOptions {
  /** Each executes one run at a time. */
  readonly executors: ReadonlyArray<Executor>
  /** Where the scenarios of failed runs are written, to be executed again by hand. */
  readonly out: string
  /** No new run is begun after one has failed. */
  readonly stopsAtFailure?: boolean
  readonly onTicks?: (run: WantedRun, ticks: number) => void
  readonly onEnd?: (run: WantedRun, end: RunResult | FailedRun) => void
}

export interface FailedRun extends RunFailure {
  /** `waiting` when it will be tried once more. */
  readonly state: "waiting" | "failed"
}

export type WorkError = QueueFailed | RunDiverged | StoreFailed | WorkerUnusable

/** How often a host without a run of its own looks whether another one has died over its run. */
const pollMillis = 50

/**
 * Executes the waiting runs of a batch until none waits and nobody executes one. A failed run is noted and the others go on; a store that cannot
 * be written stops everything, and what is on its way waits again.
 */
export const workOff = (queue: RunQueue, batch: string, options: WorkOptions): Effect.Effect<void, WorkError> =>
  Effect.suspend(() => {
    const state = { isStopping: false }
    const onFailure = () => (state.isStopping = options.stopsAtFailure === true)
    const slot = (executor: Executor) =>
      Effect.gen(function* () {
        while (!state.isStopping) {
          const hasTaken = yield* Effect.acquireUseRelease(
            queue.take(batch),
            (run) => (run === undefined ? Effect.succeed(false) : Effect.as(executeTaken(queue, run, executor, options, onFailure), true)),
            // Where it has been kept or noted this changes nothing.
            (run, exit) => (run === undefined || Exit.isSuccess(exit) ? Effect.void : Effect.ignore(queue.giveBack(run.id))),
          )
          if (hasTaken) continue
          const { waiting, running } = yield* queue.counts(batch)
          if (waiting + running === 0) return
          yield* Effect.sleep(pollMillis)
        }
      })
    return Effect.forEach(options.executors, slot, { concurrency: "unbounded", discard: true })
  })

const executeTaken = (
  queue: RunQueue,
  run: WantedRun,
  executor: Executor,
  { out, onTicks, onEnd }: WorkOptions,
  onFailure: () => void,
): Effect.Effect<void, WorkError> =>
  executor(run, (ticks) => onTicks?.(run, ticks)).pipe(
    Effect.tap((result) => queue.finish(run.id, result)),
    Effect.map((result) => onEnd?.(run, result)),
    Effect.catchTag("RunFailed", ({ cause, message }) =>
      Effect.gen(function* () {
        const failure = { cause, message, replay: yield* replayCommand(out, run) }
        const state = yield* queue.fail(run.id, failure)
        if (state === "failed") onFailure()
        onEnd?.(run, { ...failure, state })
      }),
    ),
  )

/** Writes down what was executed: a variant of a sweep has no file of its own. */
const replayCommand = (out: string, { id, order: { scenario, seed } }: WantedRun): Effect.Effect<string, StoreFailed> =>
  Effect.try({
    try: () => {
      const path = join(out, "failed", `${id}.json`)
      mkdirSync(join(out, "failed"), { recursive: true })
      writeFileSync(path, `${canonicalJson(scenario)}\n`)
      return `npm run -s lab -- replay ${path} --seed ${seed}`
    },
    catch: (error) => new StoreFailed({ message: `${join(out, "failed")}: cannot be written (${(error as NodeJS.ErrnoException).code})` }),
  })
