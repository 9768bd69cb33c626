import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How many cheat. */
export const cheating: ChartMaker = (report) =>
  fanChart(report, {
    id: "cheating",
    title: "How many providers cheat?",
    reading: reading(report, "On the mean day they are", outcomes.cheatingShare),
    note: "Providers in the network that claim what they do not do, or say of their machines what is not so.",
    metrics: [{ metric: "cheatingShare" }],
  })
