import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf"
import { quantile, sorted } from "./quantile.ts"

/** A quantile of a sample between two of its order statistics. */
export interface QuantileInterval {
  readonly count: number
  readonly quantile: number
  /** Not a number where the sample is too small to bound this side. */
  readonly low: number
  readonly high: number
  /** How often the interval holds the true quantile, exactly, if values are independent and of a continuous distribution; more often where there are ties. */
  readonly coverage: number
}

/**
 * Distribution-free interval of the p-quantile: from the l-th to the u-th smallest value, where the number of values at or below the true quantile is
 * binomial(n, p), and each tail has (1 - level) / 2 at most (David and Nagaraja 2003, section 7.1). A sample too small for a side leaves it open.
 */
export const quantileInterval = (values: ReadonlyArray<number>, p: number, level = 0.95): QuantileInterval => {
  const ascending = sorted(values)
  const count = ascending.length
  const tail = (1 - level) / 2
  const atMost = (k: number) => (k < 0 ? 0 : binomialCdf(k, count, p))
  // Ranks from 1; rank 0 and count + 1 are no values of the sample.
  const below = firstTrue(0, count + 1, (rank) => atMost(rank) > tail)
  const above = firstTrue(1, count + 1, (rank) => atMost(rank - 1) >= 1 - tail)
  return {
    count,
    quantile: quantile(ascending, p),
    low: ascending[below - 1] ?? NaN,
    high: ascending[above - 1] ?? NaN,
    coverage: (above > count ? 1 : atMost(above - 1)) - atMost(below - 1),
  }
}

/** The least whole number from `from` to `to` for which a condition, false and then true, is true; `to` when it is never. */
const firstTrue = (from: number, to: number, isTrue: (k: number) => boolean): number => {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isTrue(middle)) high = middle
    else low = middle + 1
  }
  return low
}
