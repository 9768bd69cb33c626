import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { exportCrate } from "../export/exportCrate.ts"
import { type ExportSource, exportSource } from "../export/exportSource.ts"
import { attempt } from "../experiment.ts"
import { print, printJson } from "../print.ts"
import type { ResultInvalid, StoreFailed } from "../runStore.ts"
import * as flags from "./flags.ts"

export const exportCommand = Command.make(
  "export",
  {
    path: Argument.String("results").pipe(
      Argument.withDescription("A run, a directory of runs, or the result of a sweep (NAME.sweep.json)"),
    ),
    out: Flag.String("out").pipe(Flag.withMetavar("DIR"), Flag.withDescription("Directory of the exported files")),
    format: Flag.Literals("format", ["parquet", "csv"]).pipe(
      Flag.withDescription("Format of the tables (default: parquet)"),
      Flag.withDefault("parquet" as const),
    ),
    authors: Flag.String("author").pipe(
      Flag.withMetavar("NAME"),
      Flag.withDescription("Who is to be cited; may be given again (default: the users of depinlab)"),
      Flag.atMost(64),
    ),
    license: Flag.String("license").pipe(
      Flag.withMetavar("URL"),
      Flag.withDescription("Licence of the data, e.g. https://creativecommons.org/licenses/by/4.0/ (default: none is stated)"),
      Flag.optional,
    ),
    json: flags.json,
  },
  Effect.fn(function* ({ path, out, format, authors, license, json }) {
    const source = yield* attempt<ResultInvalid, ExportSource>(() => exportSource(path))
    const cited = authors.length === 0 ? ["the users of depinlab"] : authors
    const files = yield* Effect.tryPromise({
      try: () => exportCrate(source, out, { format, authors: cited, ...flags.given("license", license) }),
      catch: (error) => error as ResultInvalid | StoreFailed,
    })
    if (json) printJson({ runs: source.runs.length, files })
    else print([`${source.runs.length} runs`, ...files].join("\n"))
  }),
).pipe(Command.withDescription("Write runs as tidy tables with RO-Crate, ODD protocol and citation, for other tools and for archives"))
