import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How deep the market for the token is. */
export const poolValue: ChartMaker = (report) =>
  fanChart(report, {
    id: "pool-value",
    title: "How deep is the pool?",
    reading: reading(report, "The pool's value ends at", outcomes.pool),
    metrics: [{ metric: "poolUsd" }],
  })
