import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Whether an attack was worth its costs. */
export const adversaryProfit: ChartMaker = (report) =>
  fanChart(report, {
    id: "adversary-profit",
    title: "Does the attack pay?",
    reading: reading(report, "The adversaries end with", outcomes.adversaryProfit),
    note: "Since the start: what the attack brought, less what it took. What an adversary pays itself is neither.",
    metrics: [{ metric: "adversaryProfitUsd" }],
    rule: 0,
  })
