import { type ChildProcess, fork } from "node:child_process"
import { Effect, Schema } from "effect"
import { foregroundFlags } from "./foregroundFlags.ts"
import { packageFile } from "./packageRoot.ts"
import type { Job, WorkerMessage } from "./workerMessage.ts"

/** A run did not finish; the others are not affected. */
export class RunFailed extends Schema.TaggedError<RunFailed>()("RunFailed", {
  message: Schema.String,
}) {}

export interface WorkersOptions {
  readonly workers: number
  readonly onTicks: (job: Job, ticks: number) => void
  readonly onFinished: (job: Job, path: string) => void
}

/**
 * Executes runs in parallel, each in a process of its own. After a failure those that are on their way are finished and no new ones
 * are begun; the failures are returned.
 */
export const executeAll = (
  jobs: ReadonlyArray<Job>,
  { workers, onTicks, onFinished }: WorkersOptions,
): Effect.Effect<ReadonlyArray<RunFailed>> => {
  const failures: Array<RunFailed> = []
  const one = (job: Job) =>
    Effect.suspend(() => {
      if (failures.length > 0) return Effect.void
      return executeInChild(job, (ticks) => onTicks(job, ticks)).pipe(
        Effect.map((path) => onFinished(job, path)),
        Effect.catch((failure) => Effect.sync(() => void failures.push(failure))),
      )
    })
  return Effect.as(Effect.forEach(jobs, one, { concurrency: workers, discard: true }), failures)
}

const workerFile = import.meta.url.endsWith(".ts") ? packageFile("lab", "worker.ts") : packageFile("dist", "worker.js")
const killMillis = 5_000
/** Node ends so where it does not know a flag that it is given: another Node than 24 has not the same. */
const invalidFlagCode = 9

const executeInChild = (job: Job, onTicks: (ticks: number) => void): Effect.Effect<string, RunFailed> =>
  Effect.callback((resume) => {
    // The child's own output goes to stderr: stdout carries data only.
    const child = fork(workerFile, { stdio: ["ignore", 2, 2, "ipc"], serialization: "advanced", execArgv: [...foregroundFlags] })
    const fail = (message: string) => resume(Effect.fail(new RunFailed({ message: `seed ${job.order.seed}: ${message}` })))
    child.on("message", (message: WorkerMessage) => {
      if (message.kind === "progress") onTicks(message.ticks)
      else if (message.kind === "finished") resume(Effect.succeed(message.path))
      else fail(message.message)
    })
    child.once("error", (error) => fail(`its worker process did not start (${error.message})`))
    child.once("exit", (code, signal) =>
      fail(
        code === invalidFlagCode
          ? `its worker process did not start under Node ${process.versions.node}: it needs the Node 24 of this package (npm run lab, or node_modules/.bin/node)`
          : `its worker process ended early (${signal ?? `exit code ${code}`}); run the same command again`,
      ),
    )
    child.send(job, (error) => {
      if (error !== null) fail(`its worker process could not be reached (${error.message})`)
    })
    return ended(child)
  })

/** Asks a child to stop, which stops its Anvil, and waits until it is gone. */
const ended = (child: ChildProcess): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resume(Effect.void)
    const force = setTimeout(() => child.kill("SIGKILL"), killMillis)
    child.once("exit", () => {
      clearTimeout(force)
      resume(Effect.void)
    })
    child.kill("SIGTERM")
  })
