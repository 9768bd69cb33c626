import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What an exploit of the market took before somebody paused it. */
export const stolen: ChartMaker = (report) =>
  fanChart(report, {
    id: "stolen",
    title: "How much does an exploit of the market take?",
    reading: reading(report, "Out of others' escrow it takes", outcomes.stolen),
    note: "Total since the start. The contract is vulnerable on purpose.",
    metrics: [{ metric: "stolenUsd" }],
  })
