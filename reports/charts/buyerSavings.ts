import { median } from "../../sim/stats/quantile.ts"
import { amount } from "../amount.ts"
import type { ChartMaker } from "../chart.ts"
import { spansChart } from "../spansChart.ts"

/** What buyers saved against the cloud's price for the same work. */
export const buyerSavings: ChartMaker = (report) =>
  spansChart(report, {
    id: "buyer-savings",
    title: "What do buyers save against the cloud?",
    unit: "USD",
    what: "Saved over the whole run, in USD; below zero the cloud would have been cheaper.",
    labelOf: (agent) => agent.group,
    valueOf: (agent) => agent.values["savedAgainstCloudUsd"],
    read: (groups) => `The median buyer saves ${amount(median(groups.flatMap(({ values }) => values.map(({ value }) => value))), "USD")}.`,
  })
