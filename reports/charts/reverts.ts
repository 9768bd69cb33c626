import type { ChartMaker } from "../chart.ts"
import { number } from "../amount.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How many transactions the contracts refused. */
export const reverts: ChartMaker = (report) => {
  const { runs } = report.data
  const sent = runs.reduce((sum, run) => sum + run.transactions, 0)
  const refused = runs.reduce((sum, run) => sum + run.reverts, 0)
  return fanChart(report, {
    id: "reverts",
    title: "How often do the contracts refuse?",
    reading: [
      reading(report, "In each run the contracts refuse", outcomes.reverts),
      `All runs together: ${number(refused)} of ${number(sent)} transactions.`,
    ].join(" "),
    note: "Reverts of each day. A revert is an outcome of the model, not a fault of it.",
    metrics: [{ metric: "reverts" }],
  })
}
