import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What an hour of a reference GPU costs a buyer here and in the cloud. */
export const workPrice: ChartMaker = (report) =>
  fanChart(report, {
    id: "work-price",
    title: "Is the network cheaper than the cloud?",
    reading: [
      reading(report, "The network's price is on average", outcomes.paid),
      report.isCompare ? "" : reading(report, "The cloud's is", outcomes.cloudPrice),
    ]
      .filter(Boolean)
      .join(" "),
    metrics: [{ metric: "paidUsdPerWorkHour" }, { metric: "cloudUsdPerWorkHour" }],
  })
