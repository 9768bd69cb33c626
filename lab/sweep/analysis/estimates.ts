import type { SweepData } from "../../../reports/sweepData.ts"
import { type MeanInterval, meanInterval } from "../../../sim/stats/mean.ts"
import { quantileInterval } from "../../../sim/stats/quantileInterval.ts"
import { skewness } from "../../../sim/stats/skewness.ts"
import type { OutcomeTable } from "../outcomeTable.ts"
import { valuesOf } from "./valuesOf.ts"

type Estimate = SweepData["estimates"][string][number]
type Difference = SweepData["differences"][string][number]

/** JSON has no numbers that are none. */
export const known = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Mean and percentiles with their 95 % intervals, over the seeds that have a value. */
export const estimateOf = (table: OutcomeTable, outcome: string, variant: number): Estimate => {
  const values = valuesOf(table, outcome, variant).filter(Number.isFinite)
  const at = (p: number): Estimate["p50"] => {
    const { quantile, low, high } = quantileInterval(values, p)
    return { value: known(quantile), low: known(low), high: known(high) }
  }
  return { ...written(meanInterval(values)), skewness: known(skewness(values)), p10: at(0.1), p50: at(0.5), p90: at(0.9) }
}

/** Variant less base on the seeds that both have. The base itself is exactly 0, and so is a variant whose runs are equal to the base's. */
export const differenceOf = (table: OutcomeTable, outcome: string, variant: number, base: number): Difference => {
  const ofBase = valuesOf(table, outcome, base)
  const differences = valuesOf(table, outcome, variant)
    .map((value, seed) => value - (ofBase[seed] ?? NaN))
    .filter(Number.isFinite)
  // One run has no interval, but it has no difference from itself either.
  return variant === base && differences.length > 0
    ? { count: differences.length, mean: 0, low: 0, high: 0 }
    : written(meanInterval(differences))
}

const written = ({ count, mean, low, high }: MeanInterval): Difference => ({ count, mean: known(mean), low: known(low), high: known(high) })
