import { mean } from "../sim/stats/mean.ts"
import type { Chart } from "./chart.ts"
import { fanChart } from "./fanChart.ts"
import type { MetricName } from "./metricName.ts"
import { type Outcome, hasOutcome } from "./outcome.ts"
import { reading } from "./reading.ts"
import type { Report } from "./report.ts"

type Series = ReadonlyArray<number>

interface FeedChart {
  readonly id: string
  readonly title: string
  readonly family: string
  /** What each feed comes to in a run, from its daily values. */
  readonly of: (days: Series) => number
  /** Beginnings of the sentences about the feed with the least, and the one with the most, of several. */
  readonly least: string
  readonly most: string
  /** Beginning of the sentence where there is one feed. */
  readonly only: string
  readonly note: string
  readonly isCumulated?: boolean
}

const known = (series: Series): Series => series.filter((value) => !Number.isNaN(value))
export const total = (series: Series): number => known(series).reduce((sum, value) => sum + value, 0)
export const average = (series: Series): number => mean(known(series))

/** One line a feed, and what the best and the worst of them come to. */
export const feedChart = (report: Report, chart: FeedChart): Chart | undefined => {
  const { id, title, family, note, isCumulated = false } = chart
  const feeds = report.family(family).map(({ member }) => ({ member, metric: `${family}.${member}` as MetricName }))
  const outcome = (of: (...values: ReadonlyArray<number>) => number): Outcome => ({
    id,
    label: title,
    metrics: feeds.map(({ metric }) => metric),
    of: (...series) => of(...series.map(chart.of).filter((value) => !Number.isNaN(value))),
    isRelative: false,
  })
  const [low, high] = [outcome(Math.min), outcome(Math.max)]
  if (feeds.length === 0 || !hasOutcome(report, low)) return undefined
  const sentences =
    feeds.length === 1 ? [reading(report, chart.only, low)] : [reading(report, chart.least, low), reading(report, chart.most, high)]
  return fanChart(report, {
    id,
    title,
    reading: sentences.join(" "),
    note,
    metrics: feeds.map(({ metric, member }, style) => ({ metric, label: member, style, isCumulated })),
  })
}
