import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What is left to the providers, day by day. */
export const providerProfit: ChartMaker = (report) =>
  fanChart(report, {
    id: "provider-profit",
    title: "Do the providers make money?",
    reading: reading(report, "For each GPU and day the providers make", outcomes.profit),
    note: "Profit of all providers on each day: job income and rewards less energy, hardware and slashes.",
    metrics: [{ metric: "providerProfitUsd" }],
    rule: 0,
  })
