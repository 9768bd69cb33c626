import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { Outcome } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How often a price limit or the end of liquidity cuts a swap short; nothing to ask where none was. */
export const partialFills: ChartMaker = (report) => {
  const pools = report.family("partialFillsByPool").map(({ member }) => ({ member, metric: `partialFillsByPool.${member}` as const }))
  const isAny = ({ metric }: (typeof pools)[number]) =>
    [0, 1].some((scenario) => report.series(metric, scenario).some(({ values }) => values.some((value) => value > 0)))
  if (!pools.some(isAny)) return undefined
  const fills: Outcome = {
    id: "partial-fills",
    label: "Swaps filled in part",
    metrics: pools.map(({ metric }) => metric),
    of: (...series) => series.flat().reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0),
    isRelative: false,
  }
  return fanChart(report, {
    id: "partial-fills",
    title: "How many swaps are filled in part?",
    reading: reading(report, "Swaps that are filled in part come to", fills),
    note: "Total since the start; what a limit leaves undone is squared in the outside market in the next tick.",
    metrics: pools.map(({ metric, member }, style) => ({ metric, label: member, isCumulated: true, style: style + 1 })),
  })
}
