import { mean } from "./mean.ts"

/**
 * Skewness of a sample, m3 / m2^(3/2) of its central moments: 0 where it is symmetric, above 0 where it reaches further up. Of n values it is
 * (n - 2) / sqrt(n - 1) at most, so a few say little of a law's. Values that are all alike have none.
 */
export const skewness = (values: ReadonlyArray<number>): number => {
  if (values.every((value) => value === values[0])) return NaN
  const centre = mean(values)
  let [squares, cubes] = [0, 0]
  for (const value of values) {
    const off = value - centre
    squares += off * off
    cubes += off * off * off
  }
  return (cubes * Math.sqrt(values.length)) / (squares * Math.sqrt(squares))
}

/**
 * Whether Student's t holds the mean of so skewed values less often than it says: it needs more than 25 for the square of their skewness (Cochran
 * 1977, Sampling Techniques, section 2.15). Below 1, the skewness of a handful is as likely chance. How often this errs is in `docs/statistics.md`.
 */
export const isTooSkewed = (count: number, skewness: number): boolean => Math.abs(skewness) > 1 && count <= 25 * skewness * skewness
