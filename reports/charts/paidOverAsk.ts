import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What the rules of the market add to what providers ask, or take off it. */
export const paidOverAsk: ChartMaker = (report) =>
  fanChart(report, {
    id: "paid-over-ask",
    title: "Does the market pay more than providers ask?",
    reading: reading(report, "Jobs are paid over the ask, on average, by", outcomes.paidOverAsk),
    note: "An auction or a posted price sets what is paid; the ask is what the same provider names in an open market.",
    metrics: [{ metric: "paidOverAskShare" }],
    rule: 0,
  })
