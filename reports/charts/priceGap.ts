import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Whether those who trade between the pool and the outside keep the two together. */
export const priceGap: ChartMaker = (report) =>
  fanChart(report, {
    id: "price-gap",
    title: "Does the pool follow the outside price?",
    reading: reading(report, "At the end of a tick the pool's price is away from the price outside by", outcomes.priceGap),
    note: "Up or down, mean over the ticks of each day. Within the fees nobody earns by closing the gap.",
    metrics: [{ metric: "priceGapShare" }],
  })
