import type { ChartMaker } from "../chart.ts"
import { average, feedChart } from "../feedChart.ts"

/** How wrong the price is that contracts read. */
export const feedDeviation: ChartMaker = (report) =>
  feedChart(report, {
    id: "feed-deviation",
    title: "How far are the feeds from the truth?",
    family: "feedDeviationShare",
    of: average,
    least: "On the mean of all days the best feed is off by",
    most: "The worst is off by",
    only: "On the mean of all days the feed is off by",
    note: "Against the outside price of the moment, either way; a feed that is asked to be exact to its deviation threshold is off by about half of it.",
  })
