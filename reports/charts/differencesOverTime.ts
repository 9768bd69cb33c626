import { meanInterval } from "../../sim/stats/mean.ts"
import type { Chart, ChartMaker } from "../chart.ts"
import { canShowRuns, fanTable } from "../fanChart.ts"
import type { Fan } from "../figure.ts"
import type { MetricName } from "../metricName.ts"
import type { Report, SeedSeries } from "../report.ts"

const metrics: ReadonlyArray<MetricName> = [
  "priceUsd",
  "providersActive",
  "providerProfitUsd",
  "burnedTokens",
  "utilisation",
  "poolAgainstHoldRatio",
]

/** When the change begins to matter: the paired difference of each day. */
export const differencesOverTime: ChartMaker = (report): Chart | undefined => {
  if (!report.isCompare) return undefined
  const figures = metrics
    .filter((metric) => report.has(metric))
    .map((metric) => fan(report, metric))
    .filter(({ lines }) => lines[0]?.runs.length)
  if (figures.length === 0) return undefined
  const [baseName = "", variantName = ""] = report.scenarioNames
  const pairs = figures[0]?.lines[0]?.runs.length ?? 0
  return {
    id: "differences-over-time",
    title: "When does it begin to matter?",
    reading: read(figures),
    caption:
      `${variantName} less ${baseName}. Line: mean of ${pairs} pairs of one seed; ` +
      (pairs > 1
        ? `band: its 95 % interval for each day alone${figures[0]?.lines[0]?.showsRuns ? "; faint lines: single pairs" : ""}.`
        : "one pair has no interval."),
    legend: [],
    figures,
    table: fanTable(report, figures, false),
    download: fanTable(report, figures, true),
  }
}

const fan = (report: Report, metric: MetricName): Fan => {
  const runs = pairs(report, metric)
  const days = Array.from({ length: report.days }, (_, day) =>
    meanInterval(runs.map((run) => run.values[day] ?? NaN).filter((value) => !Number.isNaN(value))),
  )
  return {
    kind: "fan",
    heading: report.label(metric),
    unit: report.unit(metric),
    isChange: true,
    days: report.days,
    lines: [
      {
        label: "Difference",
        style: 1,
        centre: days.map((day) => day.mean),
        bands: runs.length > 1 ? [{ low: days.map((day) => day.low), high: days.map((day) => day.high) }] : [],
        runs,
        showsRuns: canShowRuns(runs),
      },
    ],
    shocks: report.data.shocks,
    rule: 0,
  }
}

const pairs = (report: Report, metric: MetricName): ReadonlyArray<SeedSeries> => {
  const base = new Map(report.series(metric, 0).map((run) => [run.seed, run.values]))
  return report.series(metric, 1).flatMap(({ seed, values }) => {
    const other = base.get(seed)
    return other === undefined ? [] : [{ seed, values: values.map((value, day) => value - (other[day] ?? NaN)) }]
  })
}

/** The first day from which a metric's interval leaves zero out until the end. */
const read = (figures: ReadonlyArray<Fan>): string => {
  const lasting = figures.flatMap(({ heading, lines: [line] }) => {
    const band = line?.bands[0]
    if (band === undefined) return []
    const unclear = band.low.findLastIndex((low, day) => !(low > 0 || (band.high[day] ?? 0) < 0))
    return unclear + 1 < band.low.length ? [`${heading} from day ${unclear + 2}`] : []
  })
  return lasting.length === 0 ? "No metric differs clearly at the end." : `Clear to the end: ${lasting.join(", ")}.`
}
