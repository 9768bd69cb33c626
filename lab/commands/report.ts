import { dirname, join } from "node:path"
import { Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import type { SweepData } from "../../reports/sweepData.ts"
import { attempt } from "../experiment.ts"
import { print, printJson } from "../print.ts"
import { type ReportFailed, writeReport } from "../reportFile.ts"
import { openGroup } from "../reportOf.ts"
import { bySeed, groupRuns, largestOf } from "../runGroups.ts"
import { findRuns, type ResultInvalid, type StoredRun } from "../runStore.ts"
import { writeSweepReport } from "../sweepReportFile.ts"
import { isSweepResult, readSweepResult } from "../sweepResult.ts"
import * as flags from "./flags.ts"

export const report = Command.make(
  "report",
  {
    paths: Argument.String("results").pipe(
      Argument.withDescription("Runs, directories of runs, or results of sweeps (NAME.sweep.json)"),
      Argument.variadic({ min: 1 }),
    ),
    file: Flag.String("out").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription("The page to write (default: beside the results)"),
      Flag.optional,
    ),
    json: flags.json,
  },
  Effect.fn(function* ({ paths, file, json }) {
    const written: string[] = []
    const sweeps = paths.filter(isSweepResult)
    for (const sweep of sweeps) {
      const data = yield* attempt<ResultInvalid, SweepData>(() => readSweepResult(sweep))
      const beside = sweep.replace(/\.json$/, ".html")
      const path = paths.length === 1 ? Option.getOrElse(file, () => beside) : beside
      written.push(yield* attempt<ReportFailed, string>(() => writeSweepReport(data, path, dirname(sweep))))
    }
    const folders = paths.filter((path) => !isSweepResult(path))
    const runs = yield* attempt<ResultInvalid, ReadonlyArray<StoredRun>>(() => folders.flatMap(findRuns))
    const groups = yield* attempt<ResultInvalid, ReadonlyArray<ReadonlyArray<StoredRun>>>(() => groupRuns(runs))
    for (const group of groups) {
      const opened = yield* Effect.promise(() => openGroup(bySeed(largestOf(group))))
      const beside = join(dirname(group[0]!.path), `${group[0]!.manifest.scenario.name}.html`)
      const path = groups.length === 1 && sweeps.length === 0 ? Option.getOrElse(file, () => beside) : beside
      written.push(yield* attempt<ReportFailed, string>(() => writeReport([opened], path)))
    }
    if (json) printJson({ reports: written })
    else print(written.map((path) => `report: ${path}`).join("\n"))
  }),
).pipe(Command.withDescription("Write the report page again from finished runs or sweeps, one page a scenario or sweep"))
