import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { MetricName } from "../metricName.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What farms pay, which is what the network pays for depth. */
export const farmYield: ChartMaker = (report) =>
  fanChart(report, {
    id: "farm-yield",
    title: "What does a dollar of depth cost?",
    reading: reading(report, "For a dollar staked over a year the farms pay", outcomes.depthCost),
    note: "Reward of a year at the day's rate and price, for a dollar staked. Stakes that would be there anyway are paid too.",
    metrics: report.family("farmYieldPerYear").map(({ metric, member }) => ({ metric: metric as MetricName, label: member })),
  })
