import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { injectJson } from "../../reports/injectJson.ts"
import { earnDataOf } from "../earn/earnDataOf.ts"
import { attempt } from "../experiment.ts"
import { packageFile } from "../packageRoot.ts"
import { print, printJson } from "../print.ts"
import { type ReportFailed, writePage } from "../reportFile.ts"
import { findRuns, type ResultInvalid, type StoredRun } from "../runStore.ts"
import * as flags from "./flags.ts"

export const earn = Command.make(
  "earn",
  {
    paths: Argument.String("results").pipe(Argument.withDescription("Runs, or directories of runs"), Argument.variadic({ min: 1 })),
    file: Flag.String("out").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription("The page to write (default: earn.html)"),
      Flag.withDefault("earn.html"),
    ),
    json: flags.json,
  },
  Effect.fn(function* ({ paths, file, json }) {
    const runs = yield* attempt<ResultInvalid, ReadonlyArray<StoredRun>>(() => paths.flatMap(findRuns))
    const data = yield* Effect.tryPromise({ try: () => earnDataOf(runs), catch: (error) => error as ResultInvalid })
    const template = () => readFileSync(packageFile("dist", "earn.html"), "utf8")
    const page = yield* attempt<ReportFailed, string>(() => writePage(file, () => injectJson(template(), JSON.stringify(data)).html))
    if (json) printJson({ page, ...data })
    else print(`page: ${page}`)
  }),
).pipe(Command.withDescription("Write the page on which a provider measures a card and sees what it would earn in finished runs"))
