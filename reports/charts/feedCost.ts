import type { ChartMaker } from "../chart.ts"
import { feedChart, total } from "../feedChart.ts"

/** What a committee costs those who run it. */
export const feedCost: ChartMaker = (report) =>
  feedChart(report, {
    id: "feed-cost",
    title: "What do the committees cost?",
    family: "feedCostUsd",
    of: total,
    least: "The cheapest committee pays in all",
    most: "The dearest pays",
    only: "The committee pays in all",
    note: "Total since the start of what nodes paid for data and were charged for gas. Nobody in the network pays them for it.",
    isCumulated: true,
  })
