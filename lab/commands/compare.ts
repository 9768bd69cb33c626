import { statSync } from "node:fs"
import { join } from "node:path"
import { Effect, Option } from "effect"
import { Argument, CliError, Command, Flag } from "effect/cli"
import type { Row } from "../../sim/metric.ts"
import { batchMeans } from "../../sim/stats/batchMeans.ts"
import { mean } from "../../sim/stats/mean.ts"
import { type Difference, differencesOf } from "../difference.ts"
import { attempt, executeScenarios } from "../experiment.ts"
import { number, print, printJson, textTable } from "../print.ts"
import { type ReportFailed, writeReport } from "../reportFile.ts"
import { columnsOf, openGroup, type RunGroup, scenarioOf } from "../reportOf.ts"
import { bySeed, groupRuns, largestOf } from "../runGroups.ts"
import { findRuns, ResultInvalid, type StoredRun } from "../runStore.ts"
import { readScenario } from "../scenarioFile.ts"
import type { ScenarioInvalid } from "../dataFile.ts"
import { seedNames } from "../seedNames.ts"
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
            const names = seedNames(Option.getOrElse(seeds, () => checked.scenario.seeds))
            const [group = []] = yield* executeScenarios([checked], { seeds: names, out, ...flags.given("workers", workers) })
            return group
          })
      groups.push(yield* Effect.promise(() => openGroup(runs)))
    }
    const [first, second] = groups as [RunGroup, RunGroup]
    const shared = seedsOf(first).filter((seed) => seedsOf(second).includes(seed))
    if (shared.length === 0)
      return yield* new ResultInvalid({ message: `${base} and ${variant} have no seed in common, so nothing can be paired` })

    const columns = columnsOf(groups)
    const differences = differencesOf(
      columns.map(({ name, column, metric }) => ({
        metric: name,
        unit: metric.unit,
        base: meansBySeed(first, column),
        variant: meansBySeed(second, column),
      })),
      shared,
    )
    const [onlySeed] = shared.length === 1 ? shared : []
    const withinSeed = onlySeed === undefined ? [] : columns.map(({ column }) => overTime(first, second, onlySeed, column))
    const names = groups.map(({ runs }) => scenarioOf(runs).name)
    const report = yield* attempt<ReportFailed, string>(() =>
      writeReport(groups, join(isFolder(out) ? out : ".", `${names.join("-against-")}.html`)),
    )
    if (json) return printJson({ base: names[0], variant: names[1], differences, withinSeed, report })
    print(
      [
        `${names[1]} less ${names[0]}: mean over the run, ${
          onlySeed === undefined
            ? `paired over ${shared.length} seeds, with the 95 % interval of each metric by itself (t)`
            : `in seed ${onlySeed} alone, with the 95 % interval of its mean over time (batch means)`
        }`,
        textTable(
          ["metric", "unit", names[0]!, names[1]!, "difference", "low", "high", "differs", "seeds needed"],
          differences.map((row, index) => [
            row.metric,
            row.unit,
            ...[row.base, row.variant, row.difference, withinSeed[index]?.low ?? row.low, withinSeed[index]?.high ?? row.high].map(number),
            row.differs,
            neededText(row),
          ]),
        ),
        ...reading(differences),
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

/** The difference at each tick of one seed, averaged over time. Neighbours in time are alike, so ticks do not count as independent values. */
const overTime = (base: RunGroup, variant: RunGroup, seed: string, column: string) => {
  const [from, to] = [base, variant].map(({ rows, runs }) => rows[runs.findIndex(({ manifest }) => manifest.seed === seed)]!)
  return batchMeans(to!.map((row, tick) => (row[column] ?? NaN) - (from![tick]?.[column] ?? NaN)).filter((value) => !Number.isNaN(value)))
}

/** From the pilot's own spread to the upper limit of what it allows. */
const neededText = ({ differs, seedsNeeded, seedsNeededSafe }: Difference): string =>
  differs !== "undecided" || !Number.isFinite(seedsNeeded) ? "" : `${seedsNeeded} to ${number(seedsNeededSafe)}`

const reading = (differences: ReadonlyArray<Difference>): ReadonlyArray<string> => {
  const tested = differences.filter(({ p }) => !Number.isNaN(p)).length
  if (differences.every(({ differs }) => differs === "no")) return ["Nothing differs in any seed."]
  if (tested === 0)
    return [
      "One seed decides nothing: its interval is that of this seed's mean over time, as if the series were steady, and another seed may lie outside. Give more with --seeds.",
    ]
  return [
    `differs: ${tested} metrics were tested at once, and about one in twenty intervals excludes 0 by chance. "yes" allows for that: one or more wrong`,
    `  "yes" in 5 % of comparisons at most (Holm). Of the "yes" and "likely" together 5 % are wrong on average (Benjamini and Hochberg). "no": the runs are`,
    `  equal in every seed. These and the intervals are made for normal differences; with few seeds and skewed ones they err more often (docs/statistics.md).`,
    `seeds needed: for an interval that excludes 0 in 80 % of comparisons, if the true difference is the one seen here; the second number if these few`,
    `  seeds show too small a spread.`,
  ]
}
