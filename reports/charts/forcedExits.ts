import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What becomes of those whose jurisdiction is struck off. */
export const forcedExits: ChartMaker = (report) =>
  fanChart(report, {
    id: "forced-exits",
    title: "Who must leave, and how?",
    reading: reading(report, "Those who are struck off sell or take out", outcomes.forcedExits),
    note: "Each day.",
    metrics: [
      { metric: "forcedExitsUsd.sold", label: "sold in the gated pool" },
      { metric: "forcedExitsUsd.takenOut", label: "taken out through the gate" },
    ],
  })
