import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Exits that nobody chose. */
export const defaults: ChartMaker = (report) =>
  fanChart(report, {
    id: "defaults",
    title: "How many providers lose their hardware to the lender?",
    reading: reading(report, "Defaults come to", outcomes.defaults),
    metrics: [{ metric: "defaults" }],
  })
