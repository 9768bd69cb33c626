import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What the network pays for reliability. */
export const uptimeBonus: ChartMaker = (report) =>
  fanChart(report, {
    id: "uptime-bonus",
    title: "What is paid for uptime, and does the budget last?",
    reading: reading(report, "Bonuses come to", outcomes.uptimeBonus),
    note: "Bonuses are a total since the start; keepers are paid out of the same budget.",
    metrics: [{ metric: "bonusPaidTokens", isCumulated: true }, { metric: "bonusBudgetTokens" }],
  })
