import type { ChartMaker } from "../chart.ts"
import { average, feedChart } from "../feedChart.ts"

/** How old the price is that contracts read. */
export const feedAge: ChartMaker = (report) =>
  feedChart(report, {
    id: "feed-age",
    title: "How old are the answers of the feeds?",
    family: "feedAgeHours",
    of: average,
    least: "On the mean of all days the answer of the freshest feed has an age of",
    most: "That of the oldest one of",
    only: "On the mean of all days the answer has an age of",
    note: "At the end of ticks; a heartbeat bounds it, and a price that moves makes it shorter.",
  })
