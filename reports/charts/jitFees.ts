import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { Outcome } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What liquidity that stands only for a moment takes from that which stays. */
export const jitFees: ChartMaker = (report) => {
  const pools = report.family("jitFeeShare")
  const isAny = [0, 1].some((scenario) => report.series("jitFeeShare", scenario).some(({ values }) => values.some((share) => share > 0)))
  if (!isAny) return undefined
  const share: Outcome = {
    id: "jit-fees",
    label: "Fees taken by just-in-time liquidity",
    metrics: ["jitFeeShare"],
    of: (series = []) => series.findLast((value) => !Number.isNaN(value)) ?? NaN,
    isRelative: false,
  }
  return fanChart(report, {
    id: "jit-fees",
    title: "What share of the fees goes to liquidity that does not stay?",
    reading: reading(report, "Just-in-time liquidity takes of the fees of all ranges", share),
    note: "Since the start. Just in time: a range that was opened and emptied within one tick. Pools without it have a line at 0.",
    metrics: pools.map(({ member }, style) => ({ metric: `jitFeeShare.${member}` as const, label: member, style: style + 1 })),
  })
}
