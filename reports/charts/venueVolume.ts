import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Who trades where, when one of two venues asks for papers. */
export const venueVolume: ChartMaker = (report) =>
  fanChart(report, {
    id: "venue-volume",
    title: "How much is traded behind the gate?",
    reading: reading(report, "Behind the gate is traded a part of", outcomes.gatedShare),
    note: "Volume of each day in the open main pool and in the gated pool.",
    metrics: [
      { metric: "venueVolumeUsd.open", label: "open" },
      { metric: "venueVolumeUsd.gated", label: "gated" },
    ],
  })
