import { median } from "../../sim/stats/quantile.ts"
import { amount, percent } from "../amount.ts"
import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { MetricName } from "../metricName.ts"
import type { Report } from "../report.ts"
import { spread } from "../spread.ts"
import type { Table } from "../table.ts"

const kinds = {
  l1: "Ethereum (L1)",
  optimisticRollup: "Optimistic rollup",
  zkRollup: "ZK-rollup",
  sideChain: "Side chain",
  appChain: "App-chain",
} as const

/** How much of what a job costs goes to the chain, on the scenario's chain and on the four others. */
export const feeShare: ChartMaker = (report) => {
  const shown = Object.entries(kinds).map(([kind, label], style) => ({
    metric: `feeShareOfJobPrice.${kind}` as MetricName,
    fees: `feeUsd.${kind}`,
    label,
    style,
  }))
  const chart = fanChart(report, {
    id: "fee-share",
    title: "What do fees eat of a job's price?",
    reading: read(report),
    metrics: shown,
    note,
  })
  return chart && { ...chart, table: table(report, shown), opensTable: true }
}

const note =
  "Since the start: fees for opening, paying and refunding jobs and for claiming rewards, over what buyers paid. The same transactions, " +
  "priced on each kind of chain; of an app-chain's fixed cost jobs bear their part of the gas."

/** Of each run its last value, or its sum. */
const ends = (report: Report, metric: string, scenario: number): ReadonlyArray<number> =>
  report.series(metric, scenario).map(({ values }) => values.findLast((value) => !Number.isNaN(value)) ?? NaN)
const sums = (report: Report, metric: string, scenario: number): ReadonlyArray<number> =>
  report.series(metric, scenario).map(({ values }) => values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0))

/** What each kind of chain takes, over the seeds. */
const table = (
  report: Report,
  shown: ReadonlyArray<{ readonly metric: string; readonly fees: string; readonly label: string }>,
): Table => ({
  header: ["Chain", "Share of a job's price, %", "Low, %", "High, %", "All fees, USD", "USD a day"],
  rows: report.scenarioNames.flatMap((name, scenario) =>
    shown.map(({ metric, fees, label }) => {
      const { middle, low, high } = spread(ends(report, metric, scenario).map((share) => share * 100))
      const usd = median(sums(report, fees, scenario))
      return [report.isCompare ? `${label}, ${name}` : label, middle, low, high, usd, usd / report.days]
    }),
  ),
})

const read = (report: Report): string => {
  const last = report.scenarioNames.length - 1
  const shares = Object.entries(kinds).map(([kind, label]) => ({
    label,
    share: median(ends(report, `feeShareOfJobPrice.${kind}`, last)),
  }))
  const sorted = shares.toSorted((a, b) => a.share - b.share)
  const [least, most] = [sorted[0]!, sorted.at(-1)!]
  if (Number.isNaN(most.share)) return "No metric of fees has a value, because no job was paid."
  return `Fees take ${amount(most.share, "share")} of a job's price on the dearest kind of chain (${most.label}) and ${percent(least.share)} on the cheapest (${least.label}).`
}
