import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How much of what looks like business is an owner's own money going round. */
export const washVolume: ChartMaker = (report) =>
  fanChart(report, {
    id: "wash-volume",
    title: "How much money goes round in a circle?",
    reading: reading(report, "Washers pay themselves", outcomes.washed),
    note: "Through escrow, fees included; job revenue is what all providers receive, washers' providers among them.",
    metrics: [
      { metric: "washVolumeUsd", label: "paid by washers" },
      { metric: "jobRevenueUsd", label: "job revenue" },
    ],
  })
