import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How much the network asks of its chain. */
export const chainLoad: ChartMaker = (report) =>
  fanChart(report, {
    id: "chain-load",
    title: "How much gas does the network use?",
    reading: reading(report, "The network uses", outcomes.gas),
    note: "Gas of each day.",
    metrics: [{ metric: "gasUsed" }],
  })
