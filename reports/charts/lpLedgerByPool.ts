import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { ledgerTable, residualReading } from "../ledgerTable.ts"
import type { MetricName } from "../metricName.ts"
import type { Outcome } from "../outcome.ts"
import { reading } from "../reading.ts"

const total = (series: ReadonlyArray<number> = []) => series.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)

/** What each pool's providers earn and lose, since the start. */
export const lpLedgerByPool: ChartMaker = (report) => {
  const pools = report.family("lpFeesUsd").map(({ member }) => member)
  if (pools.length === 0 || report.data.liquidity.length === 0) return undefined
  const sumOf = (label: string, isSigned: boolean, metrics: ReadonlyArray<MetricName>): Outcome => ({
    id: label,
    label,
    metrics,
    of: (...series) => series.reduce((sum, values) => sum + total(values), 0),
    isRelative: true,
    isSigned,
  })
  const fees = sumOf(
    "Fees",
    false,
    pools.map((pool) => `lpFeesUsd.${pool}` as const),
  )
  const losses = sumOf(
    "Loss versus rebalancing",
    true,
    pools.map((pool) => `lpLossVersusRebalancingUsd.${pool}` as const),
  )
  const parts = pools.flatMap((pool) => {
    const named = (label: string) => (report.isCompare && pools.length > 1 ? `${pool}: ${label}` : label)
    const part = fanChart(report, {
      id: "lp-ledger-by-pool",
      title: "Do fees pay for what liquidity providers lose?",
      reading: [
        reading(report, "Fees come to", fees),
        reading(report, "The loss versus rebalancing is", losses),
        residualReading(report),
      ].join(" "),
      note:
        "Totals since the start. Holding: gain of the deposited coins, had they been kept. Fees: left by traders. Impermanent loss (when " +
        "negative): against holding, fees apart. LVR: the part of it that is lost to those who trade at a price that is no longer the market's, " +
        "against making the same trades at the outside price; what is left of the loss is the luck of the price's path. The table's first five " +
        "amounts add up to the value; means over seeds.",
      metrics: [
        { metric: `lpFeesUsd.${pool}`, label: named("Fees"), isCumulated: true },
        { metric: `lpImpermanentLossUsd.${pool}`, label: named("Impermanent loss"), isCumulated: true },
        { metric: `lpLossVersusRebalancingUsd.${pool}`, label: named("LVR"), isCumulated: true },
        { metric: `lpIncentivesUsd.${pool}`, label: named("Incentives"), isCumulated: true },
      ],
      rule: 0,
    })
    return part === undefined ? [] : [{ part, pool }]
  })
  const first = parts[0]?.part
  if (first === undefined) return undefined
  const heading = (pool: string, own: string) => (report.isCompare || pools.length === 1 ? own : pool)
  return {
    ...first,
    figures: parts.flatMap(({ part, pool }) => part.figures.map((figure) => ({ ...figure, heading: heading(pool, figure.heading) }))),
    ...ledgerTable(report, ["Pool"], ({ pool }) => [pool]),
    opensTable: true,
  }
}
