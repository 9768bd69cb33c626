import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How much of what is sent the chain has not taken. */
export const ordersWaiting: ChartMaker = (report) =>
  fanChart(report, {
    id: "orders-waiting",
    title: "How much waits for the chain?",
    reading: reading(report, "The orders that wait at the end of a tick are", outcomes.ordersWaiting),
    note: "Mean over the ticks of each day, where a fault lets orders wait.",
    metrics: [{ metric: "ordersWaiting" }],
  })
