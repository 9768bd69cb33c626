import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { MetricName } from "../metricName.ts"
import { hasOutcome, outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What it pays to bind tokens. */
export const holderYield: ChartMaker = (report) =>
  fanChart(report, {
    id: "holder-yield",
    title: "What does it pay to bind tokens?",
    reading: hasOutcome(report, outcomes.stakerYield)
      ? reading(report, "The yearly yield of staked tokens is", outcomes.stakerYield)
      : reading(report, "The yearly yield of locked tokens is", outcomes.lockerYield),
    metrics: report.family("holderYieldPerYear").map(({ metric, member }) => ({ metric: metric as MetricName, label: member })),
  })
