import { studentTQuantile } from "./studentT.ts"

/** A mean with its interval. */
export interface MeanInterval {
  readonly count: number
  readonly mean: number
  readonly low: number
  readonly high: number
}

export const mean = (values: ReadonlyArray<number>): number => sum(values) / values.length

/** The unbiased variance, of values around their mean: sum((x - mean)^2) / (n - 1); of one value it is not a number. */
export const variance = (values: ReadonlyArray<number>): number => {
  const centre = mean(values)
  return values.length < 2 ? NaN : sum(values.map((value) => (value - centre) * (value - centre))) / (values.length - 1)
}

/**
 * Mean and interval by Student's t: mean -+ t((1 + level) / 2, n - 1) s / sqrt(n) (Gosset 1908). Exact for independent normal values; the
 * coverage for others is in `docs/statistics.md`. A single value has no interval, so its bounds are not numbers.
 */
export const meanInterval = (values: ReadonlyArray<number>, level = 0.95): MeanInterval => {
  const count = values.length
  const centre = mean(values)
  if (count < 2) return { count, mean: centre, low: NaN, high: NaN }
  const half = studentTQuantile((1 + level) / 2, count - 1) * Math.sqrt(variance(values) / count)
  return { count, mean: centre, low: centre - half, high: centre + half }
}

/** The interval that the same values have at another level than 0.95. */
export const atLevel = (interval: MeanInterval, level: number): MeanInterval => {
  const { count, mean: centre, low, high } = interval
  if (count < 2) return interval
  const half = (((high - low) / 2) * studentTQuantile((1 + level) / 2, count - 1)) / studentTQuantile(0.975, count - 1)
  return { count, mean: centre, low: centre - half, high: centre + half }
}

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)
