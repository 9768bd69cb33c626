import { studentT975 } from "./studentT.ts"

/** A mean with its 95 % interval. */
export interface MeanInterval {
  readonly count: number
  readonly mean: number
  readonly low: number
  readonly high: number
}

export const mean = (values: ReadonlyArray<number>): number => sum(values) / values.length

/** Mean and 95 % interval by Student's t; a single value has no interval, so its bounds are not numbers. */
export const meanInterval = (values: ReadonlyArray<number>): MeanInterval => {
  const count = values.length
  const centre = mean(values)
  if (count < 2) return { count, mean: centre, low: NaN, high: NaN }
  const variance = sum(values.map((value) => (value - centre) * (value - centre))) / (count - 1)
  const half = studentT975(count - 1) * Math.sqrt(variance / count)
  return { count, mean: centre, low: centre - half, high: centre + half }
}

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)
