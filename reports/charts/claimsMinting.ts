import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What redeeming a dollar costs everybody else. */
export const claimsMinting: ChartMaker = (report) =>
  fanChart(report, {
    id: "claims-minting",
    title: "How many tokens are minted for claims?",
    reading: reading(report, "Tokens minted for claims come to", outcomes.claimsMinted),
    note: "Totals since the start.",
    metrics: [{ metric: "claimsMintedTokens", isCumulated: true }],
  })
