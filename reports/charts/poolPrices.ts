import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { Outcome } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Whether several pools agree on the price. */
export const poolPrices: ChartMaker = (report) => {
  const pools = report.family("priceByPoolUsd").map(({ member }) => ({ member, metric: `priceByPoolUsd.${member}` as const }))
  const gap: Outcome = {
    id: "pool-gap",
    label: "Gap between pools",
    metrics: pools.map(({ metric }) => metric),
    unit: "share",
    // The mean over days of the dearest pool's price against the cheapest one's.
    of: ([...first] = [], ...others) => {
      const gaps = first.map((price, day) => {
        const prices = [price, ...others.map((series) => series[day] ?? NaN)]
        return Math.max(...prices) / Math.min(...prices) - 1
      })
      const known = gaps.filter((value) => !Number.isNaN(value))
      return known.reduce((sum, value) => sum + value, 0) / known.length
    },
    isRelative: false,
  }
  return fanChart(report, {
    id: "pool-prices",
    title: "Do the pools agree on the price?",
    reading: pools.length > 0 ? reading(report, "At the end of a day the dearest pool is above the cheapest by", gap) : "",
    note: "Where they differ by less than their fees nobody earns by closing the gap.",
    metrics: pools.map(({ metric, member }, style) => ({ metric, label: member, style })),
  })
}
