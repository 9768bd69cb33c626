import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How far hotspots reach over the map. */
export const coveredCells: ChartMaker = (report) =>
  fanChart(report, {
    id: "covered-cells",
    title: "How many cells are covered?",
    reading: reading(report, "The network ends with", outcomes.coveredCells),
    metrics: [{ metric: "coveredCells" }],
    note: "Cells in which a working hotspot really stands, whatever is said of it.",
  })
