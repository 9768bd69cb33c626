import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { MetricName } from "../metricName.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

const labels: Readonly<Record<string, string>> = {
  circulating: "Circulating",
  unvested: "Not vested",
  stakers: "Staked by holders",
  lockers: "Locked by holders",
  providers: "Providers' stakes",
  reserves: "Treasury and unclaimed",
}

/** How much of the supply is bound, and by what. */
export const supplyParts: ChartMaker = (report) =>
  fanChart(report, {
    id: "supply-parts",
    title: "Where are the tokens?",
    reading: reading(report, "Tokens that circulate come to", outcomes.circulating),
    note: "Together they are the supply.",
    metrics: report
      .family("supplyPartTokens")
      .map(({ metric, member }) => ({ metric: metric as MetricName, label: labels[member] ?? member })),
  })
