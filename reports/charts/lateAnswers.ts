import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"

/** Inference that comes back too late. */
export const lateAnswers: ChartMaker = (report) =>
  fanChart(report, {
    id: "late-answers",
    title: "How many answers come too late?",
    reading: "",
    note: "By the distance to the machines and the queue on them.",
    metrics: [{ metric: "lateRequestShare" }],
  })
