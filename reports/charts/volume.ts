import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What is traded in the pool, and so what its liquidity providers earn. */
export const volume: ChartMaker = (report) =>
  fanChart(report, {
    id: "volume",
    title: "How much is traded in the pool?",
    reading: reading(report, "Trades come to", outcomes.volume),
    note: "Volume of each day; liquidity providers earn 0.3 % of it.",
    metrics: [{ metric: "volumeUsd" }],
  })
