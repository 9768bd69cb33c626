import { statSync } from "node:fs"
import { join } from "node:path"
import { Effect, Option } from "effect"
import { Argument, CliError, Command, Flag } from "effect/cli"
import type { Row } from "../../sim/metric.ts"
import { mean } from "../../sim/stats/mean.ts"
import { pairedDifference } from "../../sim/stats/pairedDifference.ts"
import { attempt, executeScenarios } from "../experiment.ts"
import { number, print, printJson, textTable } from "../print.ts"
import { type ReportFailed, writeReport } from "../reportFile.ts"
import { columnsOf, openGroup, type RunGroup, scenarioOf } from "../reportOf.ts"
import { bySeed, groupRuns, largestOf } from "../runGroups.ts"
import { findRuns, ResultInvalid, type StoredRun } from "../runStore.ts"
import { readScenario } from "../scenarioFile.ts"
import type { ScenarioInvalid } from "../dataFile.ts"
import * as flags from "./flags.ts"

export const compare = Command.make(
  "compare",
  {
    base: Argument.String("base").pipe(Argument.withDescription("A scenario file, or a directory with its runs")),
    variant: Argument.String("variant").pipe(Argument.withDescription("What is compared with it")),
    fragments: flags.fragments.pipe(
      Flag.withDescription("A file of faults to add to what is compared, not to the base; may be given again"),
    ),
    seeds: flags.seeds,
    out: flags.out,
    workers: flags.workers,
    json: flags.json,
  },
  Effect.fn(function* ({ base, variant, fragments, seeds, out, workers, json }) {
    const groups: RunGroup[] = []
    if (fragments.length > 0 && isFolder(variant))
      return yield* new CliError.ValidationError({ message: "--with adds faults to a scenario file; the variant is a directory of runs" })
    for (const [path, faults] of [
      [base, []],
      [variant, fragments],
    ] as const) {
      const runs = isFolder(path)
        ? yield* attempt<ResultInvalid, ReadonlyArray<StoredRun>>(() => oneScenario(path))
        : yield* Effect.gen(function* () {
            const checked = yield* attempt<ScenarioInvalid, ReturnType<typeof readScenario>>(() => readScenario(path, faults))
            const names = flags.seedNames(Option.getOrElse(seeds, () => checked.scenario.seeds))
            const [group = []] = yield* executeScenarios([checked], { seeds: names, out, ...flags.given("workers", workers) })
            return group
          })
      groups.push(yield* Effect.promise(() => openGroup(runs)))
    }
    const [first, second] = groups as [RunGroup, RunGroup]
    const shared = seedsOf(first).filter((seed) => seedsOf(second).includes(seed))
    if (shared.length === 0)
      return yield* new ResultInvalid({ message: `${base} and ${variant} have no seed in common, so nothing can be paired` })

    const differences = columnsOf(groups).map(({ name, column, metric }) => {
      const [from, to] = [meansBySeed(first, column), meansBySeed(second, column)]
      const { mean: difference, low, high } = pairedDifference(from, to)
      return {
        metric: name,
        unit: metric.unit,
        base: average(from, shared),
        variant: average(to, shared),
        difference,
        low,
        high,
        seeds: shared.length,
      }
    })
    const names = groups.map(({ runs }) => scenarioOf(runs).name)
    const report = yield* attempt<ReportFailed, string>(() =>
      writeReport(groups, join(isFolder(out) ? out : ".", `${names.join("-against-")}.html`)),
    )
    if (json) return printJson({ base: names[0], variant: names[1], differences, report })
    print(
      [
        `${names[1]} less ${names[0]}: mean over the run, paired over ${shared.length} seeds, with the 95 % interval (t)`,
        textTable(
          ["metric", "unit", names[0]!, names[1]!, "difference", "low", "high"],
          differences.map((row) => [row.metric, row.unit, ...[row.base, row.variant, row.difference, row.low, row.high].map(number)]),
        ),
        `report: ${report}`,
      ].join("\n"),
    )
  }),
).pipe(Command.withDescription("Compare two scenarios seed by seed: paired differences with intervals, and a page"))

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

const oneScenario = (path: string): ReadonlyArray<StoredRun> => {
  const groups = groupRuns(findRuns(path))
  if (groups.length > 1)
    throw new ResultInvalid({
      message: `${path}: holds runs of ${groups.length} scenarios; name scenario files, or a directory with the runs of one`,
    })
  return bySeed(largestOf(groups[0]!))
}

const seedsOf = ({ runs }: RunGroup): ReadonlyArray<string> => runs.map(({ manifest }) => manifest.seed)

const meansBySeed = ({ runs, rows }: RunGroup, column: string): ReadonlyMap<string, number> =>
  new Map(
    runs.map(({ manifest }, index) => [
      manifest.seed,
      mean(rows[index]!.map((row: Row) => row[column] ?? NaN).filter((x) => !Number.isNaN(x))),
    ]),
  )

const average = (values: ReadonlyMap<string, number>, seeds: ReadonlyArray<string>): number =>
  mean(seeds.map((seed) => values.get(seed) ?? NaN))
