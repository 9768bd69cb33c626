import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How many tokens exist, and how many of them are free to be sold. */
export const supply: ChartMaker = (report) =>
  fanChart(report, {
    id: "supply",
    title: "How many tokens are there?",
    reading: reading(report, "Supply ends at", outcomes.supply),
    metrics: [{ metric: "supplyTokens" }, { metric: "circulatingTokens" }],
  })
