import { type MeanInterval, mean, meanInterval, variance } from "./mean.ts"

/** The mean over time of an autocorrelated series. */
export interface BatchMeans extends MeanInterval {
  readonly batches: number
  /** How many independent values would say as much about the mean: n times the variance of one value over that of a batch's mean times its length. */
  readonly effectiveCount: number
}

/** Four batches of four; with less the variance between batches is a guess. */
const LENGTH_MIN = 16

/**
 * Interval of the mean of a stationary series by non-overlapping batch means (Schmeiser 1982): floor(sqrt(n)) batches of equal length, whose means are
 * nearly independent when a batch is much longer than the memory of the series. The first values are left out when the length does not divide.
 * A series of fewer than 16 values has no interval.
 */
export const batchMeans = (series: ReadonlyArray<number>, level = 0.95): BatchMeans => {
  const count = series.length
  if (count < LENGTH_MIN) return { count, mean: mean(series), low: NaN, high: NaN, batches: 0, effectiveCount: NaN }
  const batches = Math.floor(Math.sqrt(count))
  const length = Math.floor(count / batches)
  const used = series.slice(count - batches * length)
  const means = Array.from({ length: batches }, (_, batch) => mean(used.slice(batch * length, (batch + 1) * length)))
  const { mean: centre, low, high } = meanInterval(means, level)
  const between = variance(means)
  const effectiveCount = between === 0 ? count : Math.min(count, (batches * variance(used)) / between)
  return { count, mean: centre, low, high, batches, effectiveCount }
}
