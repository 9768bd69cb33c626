import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { Outcome } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What a hook makes of a pool's fee. */
export const poolFees: ChartMaker = (report) => {
  const pools = report.family("feeByPoolShare").map(({ member }) => ({ member, metric: `feeByPoolShare.${member}` as const }))
  const highest: Outcome = {
    id: "pool-fees",
    label: "Highest fee",
    metrics: pools.map(({ metric }) => metric),
    unit: "share",
    of: (...series) => Math.max(...series.flat().filter((value) => !Number.isNaN(value))),
    isRelative: false,
  }
  return fanChart(report, {
    id: "pool-fees",
    title: "How far does the fee follow the price's moves?",
    reading: pools.length > 0 ? reading(report, "On its dearest day a pool asks", highest) : "",
    note: "Mean of the day's blocks; a block's fee is known before its swaps are made.",
    metrics: pools.map(({ metric, member }, style) => ({ metric, label: member, style: style + 1 })),
  })
}
