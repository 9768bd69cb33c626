import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Machines that could work for the network, and do something better for their owners. */
export const gpusAside: ChartMaker = (report) =>
  fanChart(report, {
    id: "gpus-aside",
    title: "What do owners keep their machines for?",
    reading: reading(report, "A day's mean of machines that their owners use comes to", outcomes.gpusOwnUse),
    metrics: [
      { metric: "gpusAside.ownUse", label: "Own use", style: 0 },
      { metric: "gpusAside.mining", label: "Mining", style: 1 },
    ],
    note: "A day's mean over its ticks. Machines that a job still runs on are not among them.",
  })
