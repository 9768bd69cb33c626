import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How busy the network's GPUs are. */
export const utilisation: ChartMaker = (report) =>
  fanChart(report, {
    id: "utilisation",
    title: "How busy are the GPUs?",
    reading: reading(report, "Utilisation is on average", outcomes.utilisation),
    metrics: [{ metric: "utilisation" }],
  })
