import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How much the providers have at stake. */
export const staked: ChartMaker = (report) =>
  fanChart(report, {
    id: "staked",
    title: "How much is at stake?",
    reading: reading(report, "Stake ends at", outcomes.staked),
    metrics: [{ metric: "stakedTokens" }],
  })
