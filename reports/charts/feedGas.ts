import type { ChartMaker } from "../chart.ts"
import { average, feedChart } from "../feedChart.ts"

/** What one signed report saves against a transaction from every node. */
export const feedGas: ChartMaker = (report) =>
  feedChart(report, {
    id: "feed-gas",
    title: "How much gas does an answer take?",
    family: "feedGasPerReport",
    of: average,
    least: "The cheapest feed takes",
    most: "The dearest takes",
    only: "An answer takes",
    note: "All transactions that brought the answer, from their receipts; days without an answer have no value.",
  })
