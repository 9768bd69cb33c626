import { Effect, Option } from "effect"
import { Command } from "effect/cli"
import { print, printJson } from "../print.ts"
import { queueFigures } from "../queueBench.ts"
import { figureTable } from "./figureTable.ts"
import * as flags from "./flags.ts"
import { privatePostgres } from "./privatePostgres.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

export const benchQueue = Command.make(
  "queue",
  {
    database: flags.database,
    runs: flags.countOf("runs", 400, "Runs without results, for each figure and round"),
    results: flags.countOf("results", 40, "Results as large as those of a baseline run, for each round"),
    json: flags.json,
  },
  Effect.fn(function* ({ database, runs, results, json }) {
    const url = Option.isSome(database) ? database.value : (yield* privatePostgres(true)).url
    const folder = yield* temporaryFolder
    const figures = yield* queueFigures({ folder, url, runs, results })
    if (json) return printJson(figures)
    print(figureTable(figures))
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    "Measure what the queue costs a run and how many it bears, in a directory and in a database by turns, with runs that are not executed. Without --database it starts the PostgreSQL that is installed, in a folder for temporary files; what it puts into yours is removed again.",
  ),
  Command.withShortDescription("Measure the queue in a directory and in a database"),
)
