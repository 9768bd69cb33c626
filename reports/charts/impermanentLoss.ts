import { median } from "../../sim/stats/quantile.ts"
import { amount } from "../amount.ts"
import type { ChartMaker } from "../chart.ts"
import { spansChart } from "../spansChart.ts"

/** What each liquidity provider has lost or won against holding its deposits. */
export const impermanentLoss: ChartMaker = (report) =>
  spansChart(report, {
    id: "impermanent-loss",
    title: "What does it cost each liquidity provider?",
    unit: "USD",
    what: "Value of the position less that of the deposits had they been held, at the end, in USD.",
    labelOf: (agent) => agent.id,
    valueOf: ({ values: { poolValueUsd, holdValueUsd } }) =>
      poolValueUsd === undefined || holdValueUsd === undefined ? undefined : poolValueUsd - holdValueUsd,
    read: (groups) =>
      `Against holding, the median position ends at ${amount(median(groups.flatMap(({ values }) => values.map(({ value }) => value))), "USD")}.`,
  })
