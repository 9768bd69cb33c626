import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"

/** What the last frames of a film cost. */
export const stragglers: ChartMaker = (report) =>
  fanChart(report, {
    id: "stragglers",
    title: "How long does a film wait for its last frames?",
    reading: "",
    note: "Time to the last frame over the time to nine tenths of the frames; 1 where none is late.",
    metrics: [{ metric: "renderingTailRatio" }],
    rule: 1,
  })
