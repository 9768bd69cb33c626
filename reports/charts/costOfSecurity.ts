import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What honest people pay for cheats being found. */
export const costOfSecurity: ChartMaker = (report) =>
  fanChart(report, {
    id: "cost-of-security",
    title: "What does it cost to find cheats?",
    reading: reading(report, "Looking, and what honest providers lost, come to", outcomes.costOfSecurity),
    note: "Checks and transactions of oracle nodes, checkers and judges, and stake that honest providers lost and did not get back; totals since the start.",
    metrics: [{ metric: "costOfSecurityUsd" }],
  })
