import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** The network's capacity. */
export const gpusOn: ChartMaker = (report) =>
  fanChart(report, {
    id: "gpus-on",
    title: "How many GPUs are on?",
    reading: reading(report, "The network ends with", outcomes.gpus),
    metrics: [{ metric: "gpusOn" }],
  })
