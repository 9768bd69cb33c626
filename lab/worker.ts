import { hostname } from "node:os"
import { Cause, Effect, Exit, type Fiber } from "effect"
import { errorText } from "./errorText.ts"
import { execute } from "./execution/execute.ts"
import { runInputs } from "./runManifest.ts"
import { StoreFailed, writeRun } from "./runStore.ts"
import type { Job, WorkerMessage } from "./workerMessage.ts"

/**
 * A process that executes one run after another, each on an Anvil of its own, and writes their results. It ends with its parent, or when that
 * sends SIGTERM; whichever comes, its Anvil ends first.
 */

const progressMillis = 100

const work = Effect.fnUntraced(function* ({ order, maker, out }: Job) {
  const startedAt = new Date()
  let lastTold = 0
  const recording = yield* execute(order, {
    onTick: ({ tick }) => {
      const now = performance.now()
      if (now - lastTold < progressMillis) return
      lastTold = now
      tell({ kind: "progress", ticks: tick })
    },
  })
  const { ticks, transactions, reverts, stateRoot, digest } = recording
  const seconds = (Date.now() - startedAt.getTime()) / 1000
  const manifest = { ...runInputs(order, maker), ticks, transactions, reverts, stateRoot, digest }
  const host = { startedAt: startedAt.toISOString(), seconds, host: hostname(), platform: process.platform, arch: process.arch }
  const path = yield* Effect.try({ try: () => writeRun(out, manifest, recording, host), catch: (error) => error as StoreFailed })
  return { path, digest, seconds, host: host.host }
})

const tell = (message: WorkerMessage): void => {
  // The parent may be gone: then there is nobody to tell, and `disconnect` ends this process.
  if (process.connected) process.send!(message, () => undefined)
}

const ended = (exit: Exit.Exit<Effect.Success<ReturnType<typeof work>>, Effect.Error<ReturnType<typeof work>>>): void => {
  if (Exit.isSuccess(exit)) return tell({ kind: "finished", result: exit.value })
  if (Cause.hasInterruptsOnly(exit.cause)) return
  const error = Cause.squash(exit.cause) as { readonly _tag?: string }
  const cause = error instanceof StoreFailed ? "store" : error._tag === "LedgerUnavailable" ? "machine" : "model"
  tell({ kind: "failed", cause, message: errorText(exit.cause) })
}

let running: Fiber.Fiber<unknown, unknown> | undefined

process.on("message", (job: Job) => {
  const fiber = Effect.runFork(work(job))
  running = fiber
  fiber.addObserver(ended)
})

const stop = (): void => {
  if (running === undefined) process.exit()
  running.addObserver(() => process.exit())
  running.interruptUnsafe()
}
process.once("SIGTERM", stop)
process.once("disconnect", stop)
