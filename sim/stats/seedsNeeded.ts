import chiSquareQuantile from "@stdlib/stats-base-dists-chisquare-quantile"
import { mean, variance } from "./mean.ts"
import { studentTQuantile } from "./studentT.ts"

/** How many seeds a paired comparison needs. */
export interface SeedsNeeded {
  /** If the spread of the pilot's differences is the true one. */
  readonly seeds: number
  /** If it is the upper 80 % limit of what the pilot's spread allows (Browne 1995): a pilot of few seeds often shows too small a spread. */
  readonly seedsSafe: number
}

export interface SeedsNeededOptions {
  /** The true difference that shall be seen, in the unit of the differences; by default as large as the pilot's mean, which is itself uncertain. */
  readonly effect?: number
  readonly level?: number
  /** Probability that the interval of the new seeds excludes 0. */
  readonly power?: number
}

/**
 * The least n with n >= (t((1 + level) / 2, n - 1) + t(power, n - 1))^2 s^2 / effect^2, where s is the spread of the pilot's paired differences, one for each
 * seed (Julious 2004, section 3.2, with Student's t for the normal). Infinite for an effect of 0; a pilot without spread needs 2. Fewer than two
 * differences say nothing: NaN.
 */
export const seedsNeeded = (
  differences: ReadonlyArray<number>,
  { effect = mean(differences), level = 0.95, power = 0.8 }: SeedsNeededOptions = {},
): SeedsNeeded => {
  if (differences.length < 2) return { seeds: NaN, seedsSafe: NaN }
  const degreesOfFreedom = differences.length - 1
  const spread2 = variance(differences)
  const spread2Safe = (spread2 * degreesOfFreedom) / chiSquareQuantile(0.2, degreesOfFreedom)
  const needed = (s2: number) => leastCount(s2 / (effect * effect), level, power)
  return effect === 0 ? { seeds: Infinity, seedsSafe: Infinity } : { seeds: needed(spread2), seedsSafe: needed(spread2Safe) }
}

/** Above this nobody would make the runs, and the number is only its order of magnitude. */
const COUNT_MAX = 1e6

const leastCount = (relativeVariance: number, level: number, power: number): number => {
  const isEnough = (n: number) => {
    const t = studentTQuantile((1 + level) / 2, n - 1) + studentTQuantile(power, n - 1)
    return n >= t * t * relativeVariance
  }
  if (!isEnough(COUNT_MAX)) return Infinity
  let [low, high] = [1, 2]
  while (!isEnough(high)) [low, high] = [high, 2 * high]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return high
}
