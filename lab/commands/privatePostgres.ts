import { Effect } from "effect"
import { say } from "../print.ts"
import { QueueFailed } from "../queue/runQueue.ts"
import { missingPostgres, startPostgres } from "../testing/postgresServer.ts"

/** A server that a benchmark has for itself, and that ends with the scope. `isDurable`: whether it waits for the disk, as one that is used does. */
export const privatePostgres = (isDurable: boolean) =>
  Effect.gen(function* () {
    const missing = missingPostgres()
    if (missing !== undefined) return yield* new QueueFailed({ message: missing })
    say("starting a PostgreSQL for this benchmark alone")
    return yield* Effect.acquireRelease(
      Effect.promise(() => startPostgres({ isDurable })),
      (server) => Effect.promise(server.remove),
    )
  })
