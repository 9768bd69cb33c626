import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Whether those who may go through the gate keep the two prices together. */
export const venueGap: ChartMaker = (report) =>
  fanChart(report, {
    id: "venue-gap",
    title: "What is the token worth behind the gate?",
    reading: reading(report, "The two venues' prices differ by", outcomes.venueGap),
    note: "Premium of the gated price over the open one, mean of a day. Within both pools' fees, 0.6 %, nobody earns by closing it.",
    metrics: [{ metric: "gatedPremiumShare" }],
    rule: 0,
  })
