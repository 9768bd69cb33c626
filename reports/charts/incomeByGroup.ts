import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { Outcome } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Whether a machine earns more for the name under which it is registered. */
export const incomeByGroup: ChartMaker = (report) => {
  const groups = report.family("incomeByGroupUsd").map(({ member }) => ({ member, metric: `incomeByGroupUsd.${member}` as const }))
  const last = (series: ReadonlyArray<number> = []) => series.findLast((value) => !Number.isNaN(value)) ?? NaN
  const gap: Outcome = {
    id: "income-by-group",
    label: "Best group over worst",
    metrics: groups.map(({ metric }) => metric),
    unit: "USD per GPU day",
    of: (...series) => Math.max(...series.map(last)) - Math.min(...series.map(last)),
    isRelative: false,
  }
  return fanChart(report, {
    id: "income-by-group",
    title: "Does it pay to use many names?",
    reading: groups.length > 0 ? reading(report, "The best group earns more than the worst by", gap) : "",
    note: "Jobs and rewards since the start for each day of a GPU in the network.",
    metrics: groups.map(({ metric, member }, style) => ({ metric, label: member, style: style + 1 })),
  })
}
