import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { attempt } from "../experiment.ts"
import { type Merged, mergeRuns } from "../merge.ts"
import { printJson, say } from "../print.ts"
import type { ResultInvalid, StoreFailed } from "../runStore.ts"
import * as flags from "./flags.ts"

export const merge = Command.make(
  "merge",
  {
    sources: Argument.String("dir").pipe(
      Argument.withDescription("Directories of runs, as shards of a sweep leave them"),
      Argument.atLeast(1),
    ),
    out: Flag.String("out").pipe(Flag.withMetavar("DIR"), Flag.withDescription("Where all runs come together")),
    json: flags.json,
  },
  Effect.fn(function* ({ sources, out, json }) {
    const merged = yield* attempt<ResultInvalid | StoreFailed, Merged>(() => mergeRuns(sources, out))
    say(`${out}: ${merged.runs} runs, ${merged.copied} of them new; the sweep's command with --out ${out} makes the summary`)
    if (json) printJson(merged)
  }),
).pipe(Command.withDescription("Bring the runs of several directories together in one"))
