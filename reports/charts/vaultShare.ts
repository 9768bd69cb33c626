import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What the vault makes of a pool share. */
export const vaultShare: ChartMaker = (report) =>
  fanChart(report, {
    id: "vault-share",
    title: "What does the vault make of a pool share?",
    reading: reading(report, "A share of the vault ends at", outcomes.vaultShare),
    note: "After the performance fee, released over the unlock time. What a pool share is worth is another question.",
    metrics: [{ metric: "vaultPricePerShare" }],
    rule: 1,
  })
