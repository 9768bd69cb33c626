import type { ChartMaker } from "../chart.ts"
import { percent } from "../amount.ts"
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
  const shares = [...emitted].map(([seed, tokens]) => (burned.get(seed) ?? NaN) / tokens)
  if (spread(shares).count === 0) return `Tokens burned come to ${seedsReading([...burned.values()], report.unit("burnedTokens"))}.`
  return `For every 100 tokens emitted ${percent(spread(shares).middle).replace(/\D*$/, "")} are burned: ${seedsReading([...burned.values()], report.unit("burnedTokens"))} in all.`
}
