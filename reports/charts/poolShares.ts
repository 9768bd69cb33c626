import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { Outcome } from "../outcome.ts"
import { reading } from "../reading.ts"

const total = (series: ReadonlyArray<number> = []) => series.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)

/** Which of several pools the trades go to. */
export const poolShares: ChartMaker = (report) => {
  const pools = report.family("volumeByPoolUsd").map(({ member }) => ({ member, metric: `volumeByPoolUsd.${member}` as const }))
  const traded = ({ metric }: (typeof pools)[number]) => report.series(metric, 0).reduce((sum, { values }) => sum + total(values), 0)
  const [busiest, ...others] = pools.toSorted((a, b) => traded(b) - traded(a))
  if (busiest === undefined) return undefined
  const share: Outcome = {
    id: "pool-share",
    label: `Share of ${busiest.member}`,
    metrics: [busiest.metric, ...others.map(({ metric }) => metric)],
    unit: "share",
    of: (own, ...rest) => total(own) / rest.reduce((sum, series) => sum + total(series), total(own)),
    isRelative: false,
  }
  return fanChart(report, {
    id: "pool-shares",
    title: "Which pool gets the trades?",
    reading: reading(report, `Most goes through ${busiest.member}, a share of`, share),
    note: "Volume of each day; the main pool is a constant product at 0.3 %, the others have ranges.",
    metrics: pools.map(({ metric, member }, style) => ({ metric, label: member, style })),
  })
}
