import { join } from "node:path"
import { Effect, Schema } from "effect"
import { Argument, Command } from "effect/cli"
import { execute } from "../execution/execute.ts"
import { attempt } from "../experiment.ts"
import { print, printJson } from "../print.ts"
import { openProgress } from "../progress.ts"
import { currentMaker, type Maker } from "../runManifest.ts"
import { findRuns, inspectRun, type ResultInvalid, type StoredRun } from "../runStore.ts"
import { firstDifference } from "../firstDifference.ts"
import { orderOf } from "../orderOf.ts"
import * as flags from "./flags.ts"

/** A stored result is not what its run comes to. */
export class VerificationFailed extends Schema.TaggedError<VerificationFailed>()("VerificationFailed", {
  message: Schema.String,
}) {}

export const verify = Command.make(
  "verify",
  { dir: Argument.String("dir").pipe(Argument.withDescription("A run, or a directory of runs")), json: flags.json },
  Effect.fn(function* ({ dir, json }) {
    const state = inspectRun(dir)
    const runs = yield* attempt<ResultInvalid, ReadonlyArray<StoredRun>>(() => findRuns(dir)).pipe(
      Effect.catch((error) => (state.kind === "damaged" && !isMissingMarker(state.message) ? new VerificationFailed({ message: state.message }) : error)),
    )
    const results = yield* Effect.forEach(runs, verifyOne)
    if (json) printJson({ runs: results })
    else print(results.map(({ dir: path, verdict }) => `${path}: ${verdict}`).join("\n"))
    const failed = results.filter(({ isSame }) => !isSame)
    if (failed.length > 0) return yield* new VerificationFailed({ message: `${failed.length} of ${results.length} runs could not be verified` })
  }),
).pipe(
  Command.withDescription("Execute a stored run again and compare every row, event and the final state. Exit code 4 when they differ."),
  Command.withShortDescription("Execute stored runs again and compare"),
)
