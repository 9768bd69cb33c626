import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Who gets away with it. */
export const detection: ChartMaker = (report) =>
  fanChart(report, {
    id: "detection",
    title: "How many cheats are never found?",
    reading: [
      reading(report, "Cheats that were never slashed come to", outcomes.cheatersNotFound),
      reading(report, "Those who were found had cheated for", outcomes.detectionDays),
    ]
      .filter(Boolean)
      .join(" "),
    note: "Providers that have cheated since the start and were never slashed, or got all of it back.",
    metrics: [{ metric: "cheatersNotFound" }],
  })
