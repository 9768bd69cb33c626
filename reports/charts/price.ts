import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** The pool's price beside the price in the rest of the world. */
export const price: ChartMaker = (report) =>
  fanChart(report, {
    id: "price",
    title: "Where does the token price go?",
    reading: [
      reading(report, "The price ends at", outcomes.price),
      report.isCompare ? "" : reading(report, "The reference market ends at", outcomes.referencePrice),
    ]
      .filter(Boolean)
      .join(" "),
    metrics: [{ metric: "priceUsd" }, { metric: "referencePriceUsd" }],
  })
