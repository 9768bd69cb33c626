import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Providers that came and went, since the start. */
export const providerFlows: ChartMaker = (report) =>
  fanChart(report, {
    id: "provider-flows",
    title: "How many providers come, and how many go?",
    reading: [reading(report, "Entries come to", outcomes.entered), reading(report, "Exits come to", outcomes.left)]
      .filter(Boolean)
      .join(" "),
    note: "Totals since the start.",
    metrics: [
      { metric: "providersEntered", isCumulated: true },
      { metric: "providersLeft", isCumulated: true },
    ],
  })
