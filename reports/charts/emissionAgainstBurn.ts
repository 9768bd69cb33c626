import type { ChartMaker } from "../chart.ts"
import { bare } from "../amount.ts"
import { fanChart } from "../fanChart.ts"
import { hasOutcome, outcomeBySeed, outcomes } from "../outcome.ts"
import { reading, seedsReading } from "../reading.ts"
import type { Report } from "../report.ts"
import { spread } from "../spread.ts"

/** Whether burning keeps up with emission: both since the start. */
export const emissionAgainstBurn: ChartMaker = (report) =>
  fanChart(report, {
    id: "emission-against-burn",
    title: "Does burning keep up with emission?",
    reading: read(report),
    note: "Totals since the start.",
    metrics: [{ metric: "emittedTokens" }, { metric: "burnedTokens" }, { metric: "slashedTokens" }],
  })

const read = (report: Report): string => {
  if (report.isCompare || !hasOutcome(report, outcomes.burned)) return reading(report, "Tokens burned come to", outcomes.burned)
  const emitted = outcomeBySeed(report, outcomes.emitted, 0)
  const burned = outcomeBySeed(report, outcomes.burned, 0)
  const shares = [...emitted].map(([seed, tokens]) => (tokens > 0 ? (burned.get(seed) ?? NaN) / tokens : NaN))
  const all = seedsReading([...burned.values()], report.unit("burnedTokens"))
  if (spread(shares).count === 0) return `Tokens burned come to ${all}.`
  return `For every 100 tokens emitted ${bare(spread(shares).middle, "share")} are burned: ${all} in all.`
}
