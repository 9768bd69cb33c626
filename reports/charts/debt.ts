import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Hardware on credit: what is owed, and what the lender has lost. */
export const debt: ChartMaker = (report) =>
  fanChart(report, {
    id: "debt",
    title: "Can the providers pay for their hardware?",
    reading: reading(report, "The lender's loss comes to", outcomes.lenderLoss),
    metrics: [{ metric: "debtUsd" }, { metric: "lenderLossUsd" }],
  })
