import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { MetricName } from "../metricName.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What a reward buys: the yield of a farm the other way round, which has no peak while the first stakes come. */
export const farmDepth: ChartMaker = (report) =>
  fanChart(report, {
    id: "farm-depth",
    title: "How much depth does a dollar of reward hold?",
    reading: reading(report, "For a dollar staked over a year the farms pay", outcomes.depthCost),
    note: "Dollars staked for each dollar of reward a year. Stakes that would be in the pool anyway are paid too: compare with a run without farms.",
    metrics: report.family("farmDepthPerReward").map(({ metric, member }) => ({ metric: metric as MetricName, label: member })),
  })
