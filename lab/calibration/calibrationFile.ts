import { dirname, join } from "node:path"
import { Schema } from "effect"
import { unixSeconds } from "../../sim/clock.ts"
import { Id } from "../../sim/id.ts"
import { metricOf } from "../../sim/metric.ts"
import { metrics } from "../../sim/metrics/index.ts"
import { count, or } from "../../sim/quantity.ts"
import { type DataFile, readDataFileAs } from "../dataFile.ts"
import { RelativePath } from "../relativePath.ts"
import { type CheckedScenario, readScenario } from "../scenarioFile.ts"
import type { Problem } from "../schemaProblems.ts"
import { suggestion } from "../suggestion.ts"
import { frequencies, type Period, periodsBetween } from "./period.ts"
import { type Parameter, parameterProblems } from "./parameter.ts"
import { readTable, type DataTable } from "./dataTable.ts"
import { statistics, type StatisticName } from "./statistics.ts"

const Label = Schema.String.check(Schema.isPattern(/^20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/)).annotate({
  title: "a month such as 2024-10, or a day such as 2024-10-31",
})
const Column = Schema.String.check(Schema.isPattern(/^\w[\w .-]*$/)).annotate({ title: "the heading of a column" })
const Series = Schema.Struct({
  id: Id,
  metric: Schema.String.annotate({ description: "Column of the simulated results" }),
  column: Column,
  of: Schema.Literals(["mean", "last", "flow"]).annotate({
    description: "What a period's value is: mean of its ticks, last tick, or what was added in it, as an amount per day",
  }),
})
export type Series = typeof Series.Type

const Moment = Schema.Struct({ series: Id, statistic: Schema.Literals(Object.keys(statistics) as ReadonlyArray<StatisticName>) })
export type Moment = typeof Moment.Type

/** What `lab calibrate` is asked: which numbers of which scenario are fitted to which statistics of which data. */
export const CalibrationFile = Schema.Struct({
  name: Id,
  question: Schema.String,
  scenario: RelativePath.annotate({ description: "The scenario whose numbers are fitted" }),
  data: Schema.Struct({
    file: Schema.optionalKey(RelativePath.annotate({ description: "CSV file with a heading; left out, only --recover is possible" })),
    dateColumn: Column,
    every: Schema.Literals(frequencies),
    weeksColumn: Schema.optionalKey(
      Column.annotate({ description: "Monthly data that add up so many whole weeks, from the month's first Monday on" }),
    ),
  }),
  training: Schema.Struct({ from: Label, to: Label }),
  holdOut: Schema.optionalKey(
    Schema.Struct({ to: Schema.optionalKey(Label) }).annotate({
      description: "The periods after the training, up to this one or to the end of the data: predicted and never fitted",
    }),
  ),
  series: Schema.Array(Series).check(Schema.isNonEmpty()),
  parameters: Schema.Array(
    Schema.Struct({
      path: Schema.String.check(Schema.isPattern(/^\w+(\.[\w-]+)+$/)).annotate({
        title: "keys with dots between them, groups of agents by id, such as agents.home.sellShare",
      }),
      low: Schema.Finite,
      high: Schema.Finite,
      scale: Schema.Literals(["linear", "log"]).pipe(or("linear" as const)),
    }),
  ).check(Schema.isNonEmpty()),
  moments: Schema.Array(Moment).check(Schema.isNonEmpty()),
  seeds: count("Runs of one setting, the same seeds for every setting", { unit: "runs", min: 2, max: 1_000 }).pipe(or(4)),
  finalSeeds: count("Runs of the setting that is found: for intervals and predictions", { unit: "runs", min: 5, max: 10_000 }).pipe(or(20)),
  search: Schema.Struct({
    points: count("Settings spread over the bounds, of which the best begin a local search", {
      unit: "settings",
      min: 1,
      max: 10_000,
    }).pipe(or(12)),
    starts: count("Local searches", { unit: "searches", min: 1, max: 100 }).pipe(or(2)),
    iterations: count("Most steps of a local search", { unit: "steps", min: 1, max: 1_000 }).pipe(or(8)),
  }).pipe(or({})),
})
export type CalibrationSpec = typeof CalibrationFile.Type

/** A calibration that has passed all checks. */
export interface Calibration {
  readonly spec: CalibrationSpec
  readonly scenario: CheckedScenario
  readonly parameters: ReadonlyArray<Parameter>
  /** All periods from the first of the training to the last of the hold-out. */
  readonly periods: ReadonlyArray<Period>
  readonly trainingCount: number
  /** The columns of the data file, one value a period, NaN where it has none; undefined without a file. */
  readonly table: DataTable | undefined
}

/** Reads a calibration, its scenario and its data. Throws `ScenarioInvalid` with every problem at its line and column. */
export const readCalibration = (path: string, dataPath?: string): Calibration => {
  const { file, value: spec } = readDataFileAs(CalibrationFile, path)
  const beside = (name: string) => join(dirname(path), name)
  const scenario = readScenario(beside(spec.scenario))
  const own = [...specProblems(spec), ...parameterProblems(spec.parameters, scenario)]
  if (own.length > 0) throw file.invalid(own)

  const source = dataPath ?? (spec.data.file && beside(spec.data.file))
  const table = source === undefined ? undefined : readTable(source, spec)
  const periods = table?.periods ?? generatedPeriods(spec, file)
  const trainingCount = periods.filter(({ label }) => label <= spec.training.to).length
  const start = unixSeconds(scenario.scenario.calendar.start)
  if (start > periods[0]!.fromSeconds)
    throw file.invalid([
      { path: ["training", "from"], message: `the scenario begins on ${scenario.scenario.calendar.start}, after the training does` },
    ])
  return { spec, scenario, parameters: spec.parameters, periods, trainingCount, table }
}

const generatedPeriods = ({ data, training, holdOut }: CalibrationSpec, file: DataFile): ReadonlyArray<Period> => {
  if (data.weeksColumn !== undefined)
    throw file.invalid([{ path: ["data", "weeksColumn"], message: "a column is named, but no file with it" }])
  if (holdOut !== undefined && holdOut.to === undefined)
    throw file.invalid([{ path: ["holdOut"], message: "without a data file the hold-out needs an end (to)" }])
  return periodsBetween(data.every, training.from, holdOut?.to ?? training.to)
}

const specProblems = ({ data, training, holdOut, series, parameters, moments }: CalibrationSpec): ReadonlyArray<Problem> => {
  const length = data.every === "month" ? "2024-10".length : "2024-10-31".length
  const labels: ReadonlyArray<readonly [Problem["path"], string | undefined]> = [
    [["training", "from"], training.from],
    [["training", "to"], training.to],
    [["holdOut", "to"], holdOut?.to],
  ]
  return [
    ...labels.flatMap(([path, label]) =>
      label !== undefined && label.length !== length
        ? [{ path, message: `expected a ${data.every === "month" ? "month such as 2024-10" : "day such as 2024-10-31"}` }]
        : [],
    ),
    ...(training.to <= training.from ? [{ path: ["training", "to"], message: "the training ends before it begins" }] : []),
    ...(holdOut?.to !== undefined && holdOut.to <= training.to
      ? [{ path: ["holdOut", "to"], message: "the hold-out ends before it begins: it begins after the training" }]
      : []),
    ...(data.weeksColumn !== undefined && data.every !== "month"
      ? [{ path: ["data", "weeksColumn"], message: "only months are made of weeks" }]
      : []),
    ...series.flatMap(({ id, metric, of }, index): ReadonlyArray<Problem> => {
      const found = metricOf(metrics, metric)
      if (found === undefined)
        return [{ path: ["series", index, "metric"], message: `unknown metric${suggestion(metric, Object.keys(metrics))}` }]
      return [
        ...(of === "flow" && found.daily === "mean"
          ? [{ path: ["series", index, "of"], message: `${metric} is neither a sum nor a count since the start, so it has no flow` }]
          : []),
        ...(series.findIndex((other) => other.id === id) < index
          ? [{ path: ["series", index, "id"], message: `the id ${id} is taken by an earlier series` }]
          : []),
      ]
    }),
    ...moments.flatMap((moment, index): ReadonlyArray<Problem> => {
      const ids = series.map(({ id }) => id)
      if (!ids.includes(moment.series))
        return [{ path: ["moments", index, "series"], message: `no series ${moment.series}${suggestion(moment.series, ids)}` }]
      const isTwice = moments.findIndex((other) => momentName(other) === momentName(moment)) < index
      return isTwice ? [{ path: ["moments", index], message: `${momentName(moment)} stands here twice` }] : []
    }),
    ...(moments.length < parameters.length
      ? [{ path: ["moments"], message: `${parameters.length} parameters need at least as many moments; there are ${moments.length}` }]
      : []),
  ]
}

export const momentName = ({ series, statistic }: Moment): string => `${series}.${statistic}`
