import { hostname } from "node:os"
import { NodeRuntime } from "@effect/platform-node"
import { Cause, Effect, Exit } from "effect"
import { execute } from "./execution/execute.ts"
import { errorText } from "./errorText.ts"
import { runInputs } from "./runManifest.ts"
import { writeRun } from "./runStore.ts"
import type { Job, WorkerMessage } from "./workerMessage.ts"

/** A process that executes one run, writes its result and ends; it ends with its parent too. */

const tell = (message: WorkerMessage): Effect.Effect<void> =>
  Effect.callback((resume) => void process.send!(message, () => resume(Effect.void)))

const nextJob = Effect.callback<Job>((resume) => void process.once("message", (job: Job) => resume(Effect.succeed(job))))

const work = Effect.gen(function* () {
  const { order, maker, out } = yield* nextJob
  const startedAt = new Date()
  let lastTold = 0
  const recording = yield* execute(order, {
    onTick: ({ tick }) => {
      const now = performance.now()
      if (now - lastTold < 100) return
      lastTold = now
      process.send!({ kind: "progress", ticks: tick } satisfies WorkerMessage)
    },
  })
  const { ticks, transactions, reverts, stateRoot, digest } = recording
  const seconds = (Date.now() - startedAt.getTime()) / 1000
  const manifest = { ...runInputs(order, maker), ticks, transactions, reverts, stateRoot, digest }
  const host = { startedAt: startedAt.toISOString(), seconds, host: hostname(), platform: process.platform, arch: process.arch }
  const path = yield* Effect.try({ try: () => writeRun(out, manifest, recording, host), catch: (error) => error })
  yield* tell({ kind: "finished", path })
})

process.once("disconnect", () => process.kill(process.pid, "SIGTERM"))

work.pipe(
  Effect.exit,
  Effect.flatMap((exit) => {
    if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return exit
    return tell({ kind: "failed", message: errorText(exit.cause) })
  }),
  Effect.ensuring(Effect.sync(() => process.removeAllListeners("disconnect").disconnect?.())),
  NodeRuntime.runMain({ disableErrorReporting: true }),
)
