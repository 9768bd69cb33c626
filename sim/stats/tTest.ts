import { mean, variance } from "./mean.ts"
import { studentTCdf } from "./studentT.ts"

/**
 * Two-sided p-value of "the true mean is 0", by Student's t: what `meanInterval` excludes at level 1 - p. Values that are all 0 have p = 1,
 * values that are all alike and not 0 have p = 0; fewer than two values have none.
 */
export const tTest = (values: ReadonlyArray<number>): number => {
  const count = values.length
  if (count < 2) return NaN
  const centre = mean(values)
  if (centre === 0) return 1
  return 2 * studentTCdf(-Math.abs(centre) / Math.sqrt(variance(values) / count), count - 1)
}
