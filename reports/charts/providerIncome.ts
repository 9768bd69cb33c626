import type { ChartMaker } from "../chart.ts"
import { percent } from "../amount.ts"
import { fanChart } from "../fanChart.ts"
import { hasOutcome, outcomeBySeed, outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"
import type { Report } from "../report.ts"
import { spread, spreadPhrase } from "../spread.ts"

/** Whether the network lives on its buyers or on its own emission. */
export const providerIncome: ChartMaker = (report) =>
  fanChart(report, {
    id: "provider-income",
    title: "Do providers live on jobs or on emission?",
    reading: read(report),
    note: "Dollars of each day; rewards at the pool price.",
    metrics: [{ metric: "jobRevenueUsd" }, { metric: "rewardsUsd" }, { metric: "energyUsd" }],
  })

const read = (report: Report): string => {
  if (report.isCompare || !hasOutcome(report, outcomes.rewards)) return reading(report, "Job revenue comes to", outcomes.revenue)
  const rewards = outcomeBySeed(report, outcomes.rewards, 0)
  const shares = [...outcomeBySeed(report, outcomes.revenue, 0)].map(([seed, revenue]) => revenue / (revenue + (rewards.get(seed) ?? NaN)))
  return `Jobs bring ${percent(spread(shares).middle)} of the income (median, ${spreadPhrase(shares.length)}), emission the rest.`
}
