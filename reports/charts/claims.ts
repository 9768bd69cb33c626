import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** The promise that is redeemed in new tokens, and what it costs everybody else. */
export const claims: ChartMaker = (report) =>
  fanChart(report, {
    id: "claims",
    title: "How many dollar claims are left?",
    reading: reading(report, "Claims not redeemed come to", outcomes.claims),
    metrics: [{ metric: "claimsUsd" }],
  })
