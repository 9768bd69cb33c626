import { stream } from "../rng.ts"
import { mean } from "./mean.ts"
import { normalCdf, normalQuantile } from "./normal.ts"
import { quantiles } from "./quantile.ts"

/** A statistic of a sample with its interval. */
export interface BootstrapInterval {
  readonly count: number
  readonly estimate: number
  readonly low: number
  readonly high: number
}

export interface BootstrapOptions {
  readonly level?: number
  readonly resamples?: number
  /** Same seed and values, same interval. */
  readonly seed?: string
}

/**
 * Bias-corrected and accelerated bootstrap interval (Efron 1987; Efron and Tibshirani 1993, chapter 14) of any statistic of independent values.
 * Its error shrinks as 1 / n, and with few values it is too narrow: see the coverage at n = 5 in `docs/statistics.md`. Fewer than two values
 * have no interval.
 */
export const bootstrapInterval = (
  values: ReadonlyArray<number>,
  statistic: (sample: ReadonlyArray<number>) => number = mean,
  { level = 0.95, resamples = 2000, seed = "bootstrap" }: BootstrapOptions = {},
): BootstrapInterval => {
  const count = values.length
  const estimate = statistic(values)
  if (count < 2) return { count, estimate, low: NaN, high: NaN }
  const rng = stream(seed, "bootstrap")
  const replicates = Array.from({ length: resamples }, () => statistic(values.map(() => values[Math.floor(rng.uniform() * count)]!)))
  const below = replicates.reduce((total, replicate) => total + (replicate < estimate ? 1 : replicate === estimate ? 0.5 : 0), 0)
  // Half a replicate from the ends, so that an estimate outside of all replicates still has a finite bias.
  const bias = normalQuantile(Math.min(Math.max(below, 0.5), resamples - 0.5) / resamples)
  const acceleration = accelerationOf(values, statistic)
  const shareAt = (p: number): number => {
    const z = bias + normalQuantile(p)
    return normalCdf(bias + z / (1 - acceleration * z))
  }
  const [low = NaN, high = NaN] = quantiles(replicates, [shareAt((1 - level) / 2), shareAt((1 + level) / 2)])
  return { count, estimate, low, high }
}

/** A sixth of the skewness of the jackknife's influence values; 0 where leaving a value out changes nothing. */
const accelerationOf = (values: ReadonlyArray<number>, statistic: (sample: ReadonlyArray<number>) => number): number => {
  const without = values.map((_, left) => statistic(values.filter((_, index) => index !== left)))
  const centre = mean(without)
  let [squares, cubes] = [0, 0]
  for (const value of without) {
    const off = centre - value
    squares += off * off
    cubes += off * off * off
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares))
}
