import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How fast tokens are printed: what tells the emission models apart. */
export const emissionRate: ChartMaker = (report) =>
  fanChart(report, {
    id: "emission-rate",
    title: "How fast are tokens printed?",
    reading: reading(report, "Tokens emitted come to", outcomes.emitted),
    note: "The last epoch's emission as if it went on for a year; burning is not taken off.",
    metrics: [{ metric: "emissionSharePerYear" }],
  })
