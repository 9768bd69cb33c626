import type { Chart } from "./chart.ts"
import type { Fan, FanLine } from "./figure.ts"
import type { MetricName } from "./metricName.ts"
import type { Report, SeedSeries } from "./report.ts"
import { bandCaption, hasInnerBand, spread } from "./spread.ts"
import type { Table } from "./table.ts"

export interface FanMetric {
  readonly metric: MetricName
  /** In place of the metric's own label. */
  readonly label?: string
  /** Show the total since the start of a metric that is recorded by day. */
  readonly isCumulated?: boolean
  /** In place of its rank in the chart, where several charts share their colours. */
  readonly style?: number
}

export interface FanChart {
  readonly id: string
  readonly title: string
  readonly reading: string
  /** Said after the explanation of the bands. */
  readonly note?: string
  /** The first one must have values; others that have none are left out. */
  readonly metrics: ReadonlyArray<FanMetric>
  readonly rule?: number
}

/** More single lines than this hide the band instead of explaining it. */
const FAINT_RUNS_MAX = 30

/**
 * Metrics over time. A run shows them in one figure; a comparison has one figure for each metric, in which the scenarios meet, so that a
 * colour always means one thing.
 */
export const fanChart = (report: Report, { id, title, reading, note, metrics, rule }: FanChart): Chart | undefined => {
  const [first] = metrics
  if (first === undefined || !report.has(first.metric)) return undefined
  const shown = metrics.filter(({ metric }) => report.has(metric))
  const figures = report.isCompare
    ? shown.map((metric) => compareFan(report, metric, rule))
    : [runFan(report, shown, report.unit(first.metric), rule)]
  const lines = figures.flatMap((figure) => figure.lines.map((line) => ({ figure, line })))
  const seeds = Math.max(...lines.map(({ line }) => line.runs.length))
  return {
    id,
    title,
    reading,
    caption: [
      bandCaption(
        seeds,
        lines.some(({ line }) => line.showsRuns),
      ),
      note,
    ]
      .filter(Boolean)
      .join(" "),
    legend: legend(report, figures),
    figures,
    table: fanTable(report, figures, false),
    download: fanTable(report, figures, true),
  }
}

/** A line with its bands, made of the runs of one scenario. */
const fanLine = (label: string, style: number, days: number, runs: ReadonlyArray<SeedSeries>, showsRuns: boolean): FanLine => {
  const spreads = Array.from({ length: days }, (_, day) => spread(runs.map((run) => run.values[day] ?? NaN)))
  const band = (low: "low" | "innerLow", high: "high" | "innerHigh") => ({
    low: spreads.map((one) => one[low]),
    high: spreads.map((one) => one[high]),
  })
  const outer = runs.length > 1 ? [band("low", "high")] : []
  const inner = hasInnerBand(runs.length) ? [band("innerLow", "innerHigh")] : []
  return { label, style, centre: spreads.map((one) => one.middle), bands: [...outer, ...inner], runs, showsRuns }
}

/** Single runs explain a band as long as they do not hide it. */
export const canShowRuns = (runs: ReadonlyArray<SeedSeries>): boolean => runs.length > 1 && runs.length <= FAINT_RUNS_MAX

const runFan = (report: Report, metrics: ReadonlyArray<FanMetric>, unit: string, rule: number | undefined): Fan =>
  fan(
    report,
    "",
    unit,
    metrics.map((metric, rank) => {
      const runs = runsOf(report, metric, 0)
      return fanLine(labelOf(report, metric), metric.style ?? rank, report.days, runs, canShowRuns(runs))
    }),
    rule,
  )

const compareFan = (report: Report, metric: FanMetric, rule: number | undefined): Fan =>
  fan(
    report,
    labelOf(report, metric),
    report.unit(metric.metric),
    report.scenarioNames.map((name, scenario) => fanLine(name, scenario, report.days, runsOf(report, metric, scenario), false)),
    rule,
  )

const labelOf = (report: Report, { metric, label }: FanMetric): string => label ?? report.label(metric)

const runsOf = (report: Report, { metric, isCumulated }: FanMetric, scenario: number): ReadonlyArray<SeedSeries> => {
  const runs = report.series(metric, scenario)
  return isCumulated ? runs.map(({ seed, values }) => ({ seed, values: cumulated(values) })) : runs
}

const cumulated = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  let total = 0
  return values.map((value) => (total += Number.isNaN(value) ? 0 : value))
}

const fan = (report: Report, heading: string, unit: string, lines: ReadonlyArray<FanLine>, rule: number | undefined): Fan => ({
  kind: "fan",
  heading,
  unit,
  isChange: false,
  days: report.days,
  lines,
  shocks: report.data.shocks,
  ...(rule === undefined ? {} : { rule }),
})

/** A single line needs no legend: the title names it. */
const legend = (report: Report, figures: ReadonlyArray<Fan>): Chart["legend"] => {
  const lines = report.isCompare ? scenarioLegend(report) : (figures[0]?.lines ?? []).map(({ label, style }) => ({ label, style }))
  return lines.length > 1 ? lines : []
}

export const scenarioLegend = (report: Report): Chart["legend"] => report.scenarioNames.map((label, style) => ({ label, style }))

/** One row a day: middle and bounds of each line, and with `withRuns` every single run. */
export const fanTable = (report: Report, figures: ReadonlyArray<Fan>, withRuns: boolean): Table => {
  const columns = figures.flatMap((figure) =>
    figure.lines.flatMap((line) => {
      const name = [figure.heading, line.label].filter(Boolean).join(", ")
      const outer = line.bands[0]
      const bounds = outer === undefined ? [] : [[`${name}, low`, outer.low] as const, [`${name}, high`, outer.high] as const]
      const runs = withRuns ? line.runs.map((run) => [`${name}, seed ${run.seed}`, run.values] as const) : []
      return [[name, line.centre] as const, ...bounds, ...runs]
    }),
  )
  return {
    header: ["Day", ...columns.map(([name]) => name)],
    rows: Array.from({ length: report.days }, (_, day) => [day + 1, ...columns.map(([, values]) => values[day] ?? NaN)]),
  }
}
