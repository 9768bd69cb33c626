import type { RunOrder } from "./execution/execute.ts"
import type { Maker } from "./runManifest.ts"

/** What the lab sends to a worker. */
export interface Job {
  readonly order: RunOrder
  readonly maker: Maker
  readonly out: string
}

/** What a worker sends back. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly ticks: number }
  | { readonly kind: "finished"; readonly path: string }
  | { readonly kind: "failed"; readonly message: string }
