import type { RunOrder } from "./execution/execute.ts"
import type { RunFailure, RunResult } from "./queue/runQueue.ts"
import type { Maker } from "./runManifest.ts"

/** What the lab sends to a worker, which answers with the end of the run before it is sent the next. */
export interface Job {
  readonly order: RunOrder
  readonly maker: Maker
  readonly out: string
}

/** What a worker sends back. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly ticks: number }
  | { readonly kind: "finished"; readonly result: RunResult }
  /** `store`: the result could not be written, which would happen to the next one too. */
  | { readonly kind: "failed"; readonly cause: RunFailure["cause"] | "store"; readonly message: string }
