import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What those get of the emission who are their own customers. */
export const washing: ChartMaker = (report) =>
  fanChart(report, {
    id: "washing",
    title: "How much of the rewards do owners farm by paying themselves?",
    reading: reading(report, "Washing has got of all rewards", outcomes.washedShare),
    note: "Since the start: rewards for what an owner's own jobs made count, over all rewards.",
    metrics: [{ metric: "washShareOfRewards" }],
  })
