import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What becomes of the payments for wrong results. */
export const wrongResults: ChartMaker = (report) =>
  fanChart(report, {
    id: "wrong-results",
    title: "Who is paid for wrong results?",
    reading: reading(report, "Undisputed they cost", outcomes.wrongAccepted),
    note: "Totals since the start.",
    metrics: [
      { metric: "wrongResultsUsd.accepted", label: "Accepted" },
      { metric: "wrongResultsUsd.leftToProvider", label: "Disputed, and the provider paid" },
      { metric: "wrongResultsUsd.refunded", label: "Disputed, and refunded" },
    ],
  })
