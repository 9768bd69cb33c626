import { Effect } from "effect"
import type { Recording } from "../execution/recorder.ts"
import { sha256 } from "../execution/sha256.ts"
import { openTable } from "../execution/table.ts"
import type { workerExecutor } from "../executor.ts"
import { runInputs } from "../runManifest.ts"
import { type StoreFailed, writeRun } from "../runStore.ts"

/** Writes results without executing anything, to measure what an experiment costs beside its runs. */
export const emptyExecutor: typeof workerExecutor = (out, maker) =>
  Effect.succeed(({ order }) =>
    Effect.try({
      try: () => {
        const recording = emptyRecording(order.seed)
        const { ticks, transactions, reverts, stateRoot, digest } = recording
        const host = { seconds: 0, host: "nowhere" }
        const path = writeRun(out, { ...runInputs(order, maker), ticks, transactions, reverts, stateRoot, digest }, recording, host)
        return { path, digest, ...host }
      },
      catch: (error) => error as StoreFailed,
    }),
  )

/** A run of one tick, in which a metric has a value that follows from the seed. */
export const emptyRecording = (seed: string): Recording => {
  const digest = sha256(seed)
  const value = Number.parseInt(digest.slice(0, 8), 16)
  return {
    rows: [
      { name: "tick", type: "INT32", data: [1] },
      { name: "priceUsd", type: "DOUBLE", data: [value] },
    ],
    events: openTable([{ name: "tick", type: "INT32" }]).close(),
    agents: [{ name: "id", type: "STRING", data: [] }],
    liquidity: [{ name: "pool", type: "STRING", data: [] }],
    digest,
    stateRoot: "",
    ticks: 1,
    transactions: 0,
    reverts: 0,
  }
}
