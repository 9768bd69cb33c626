import { type ChildProcess, fork } from "node:child_process"
import { Effect, Schema, type Scope } from "effect"
import { foregroundFlags } from "./foregroundFlags.ts"
import { packageFile } from "./packageRoot.ts"
import type { RunFailure, RunResult, WantedRun } from "./queue/runQueue.ts"
import type { Maker } from "./runManifest.ts"
import { StoreFailed } from "./runStore.ts"
import type { Job, WorkerMessage } from "./workerMessage.ts"

/** A run did not finish; the others are not affected. */
export class RunFailed extends Schema.TaggedError<RunFailed>()("RunFailed", {
  cause: Schema.Literals(["model", "machine"]),
  message: Schema.String,
}) {}

/** No run can be executed here. */
export class WorkerUnusable extends Schema.TaggedError<WorkerUnusable>()("WorkerUnusable", {
  message: Schema.String,
}) {}

/** Executes runs, one after the other, and writes their results into a directory. */
export type Executor = (
  run: WantedRun,
  onTicks: (ticks: number) => void,
) => Effect.Effect<RunResult, RunFailed | StoreFailed | WorkerUnusable>

const workerFile = import.meta.url.endsWith(".ts") ? packageFile("lab", "worker.ts") : packageFile("dist", "worker.js")
/**
 * Left alone, V8 lets the heap grow to four times what lives in it before it looks. At twice, a run of 10,000 providers takes 0.9 GiB in place of
 * 1.4, and 7 % more time; smaller runs take the same.
 */
const heapFlag = "--heap-growing-percent=100"
const killMillis = 5_000
/** A worker that says nothing for so long, between two ticks, hangs. */
const silentMillis = 600_000
/** Node ends so where it does not know a flag that it is given: another Node than 24 has not the same. */
const invalidFlagCode = 9

/** A worker process, started with the first run and again after its death; the end of the scope stops it. */
export const workerExecutor = (out: string, maker: Maker): Effect.Effect<Executor, never, Scope.Scope> =>
  Effect.gen(function* () {
    let child: ChildProcess | undefined
    yield* Effect.addFinalizer(() => (child === undefined ? Effect.void : stopped(child)))
    const living = (): ChildProcess => {
      if (child === undefined) {
        const started = startWorker()
        started.once("exit", () => {
          if (child === started) child = undefined
        })
        child = started
      }
      return child
    }
    return (run, onTicks) => Effect.suspend(() => executeIn(living(), { order: run.order, maker, out }, onTicks))
  })

/**
 * The child's own output goes to stderr: stdout carries data only. It leads a process group of its own, so that a terminal's Ctrl-C reaches the
 * host alone, and not its Anvils first.
 */
const startWorker = (): ChildProcess =>
  fork(workerFile, { stdio: ["ignore", 2, 2, "ipc"], serialization: "advanced", execArgv: [...foregroundFlags, heapFlag], detached: true })
    // An error of a child between two runs, or of one that is given up, would otherwise be thrown.
    .on("error", () => undefined)

const executeIn = (
  child: ChildProcess,
  job: Job,
  onTicks: (ticks: number) => void,
): Effect.Effect<RunResult, RunFailed | StoreFailed | WorkerUnusable> =>
  Effect.callback((resume) => {
    const fail = (message: string) => end(Effect.fail(new RunFailed({ cause: "machine", message })))
    const silence = setTimeout(() => {
      fail(`its worker process was silent for ${silentMillis / 60_000} minutes and was stopped`)
      child.kill("SIGKILL")
    }, silentMillis)
    const onMessage = (message: WorkerMessage) => {
      silence.refresh()
      if (message.kind === "progress") onTicks(message.ticks)
      else if (message.kind === "finished") end(Effect.succeed(message.result))
      else end(Effect.fail(failure(message.cause, message.message)))
    }
    const onError = (error: Error) => fail(`its worker process did not start (${error.message})`)
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      if (code === invalidFlagCode) return end(Effect.fail(new WorkerUnusable({ message: needsNode24 })))
      fail(`its worker process ended early (${signal ?? `exit code ${code}`})`)
    }
    const end = (result: Effect.Effect<RunResult, RunFailed | StoreFailed | WorkerUnusable>) => {
      detach()
      resume(result)
    }
    const detach = () => {
      clearTimeout(silence)
      child.off("message", onMessage).off("error", onError).off("exit", onExit)
    }
    child.on("message", onMessage).on("error", onError).on("exit", onExit)
    child.send(job, (error) => {
      // It is dying: its exit says how.
      if (error !== null && child.exitCode === null && child.signalCode === null) child.kill("SIGKILL")
    })
    return Effect.flatMap(Effect.sync(detach), () => stopped(child))
  })

const failure = (cause: RunFailure["cause"] | "store", message: string): RunFailed | StoreFailed =>
  cause === "store" ? new StoreFailed({ message }) : new RunFailed({ cause, message })

const needsNode24 = `worker processes do not start under Node ${process.versions.node}: they need the Node 24 of this package (npm run lab, or node_modules/.bin/node)`

/** Asks a child to stop, which stops its Anvil, and waits until it is gone. */
const stopped = (child: ChildProcess): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resume(Effect.void)
    const force = setTimeout(() => child.kill("SIGKILL"), killMillis)
    child.once("exit", () => {
      clearTimeout(force)
      resume(Effect.void)
    })
    child.kill("SIGTERM")
  })
