import { ln, exp } from "../maths.ts"
import { type MeanInterval, mean, variance } from "./mean.ts"

/**
 * An interval of the mean that may be looked at after every value and acted upon at any time: with probability `level` the true mean is in ALL of the
 * intervals for n = 2, 3, ... at once, so also in the one at which somebody chose to stop, by whatever rule. Guaranteed exactly for independent
 * normal values of unknown variance; for others it is as good as Student's t is (coverage at the stop in `docs/statistics.md`).
 *
 * It holds the means mu whose Bayes factor against them stays below 1 / (1 - level), with effect (mean - mu) / sigma ~ N(0, 1) and the Haar prior on
 * sigma: sqrt(k)^-1 ((1 + q) / (1 + q / k))^(n / 2) with k = 1 + n and q = n (mean - mu)^2 / ((n - 1) s^2) (Gonen et al. 2005). Under mu that factor is a
 * martingale of mean 1, which ever reaches 1 / alpha with probability alpha at most (Lai 1976; Wang and Ramdas 2025). With few values every mu
 * does, and the bounds are infinite (at level 0.95 below n = 5).
 */
export const confidenceSequence = (values: ReadonlyArray<number>, level = 0.95): MeanInterval => {
  const count = values.length
  const centre = mean(values)
  const k = 1 + count
  // sqrt(k) / alpha to the power 2 / n
  const ratio = exp((2 / count) * (0.5 * ln(k) - ln(1 - level)))
  if (count < 2 || ratio >= k) return { count, mean: centre, low: -Infinity, high: Infinity }
  const half = Math.sqrt((((ratio - 1) / (1 - ratio / k)) * (count - 1) * variance(values)) / count)
  return { count, mean: centre, low: centre - half, high: centre + half }
}
