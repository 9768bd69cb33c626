import seedrandom from "seedrandom"
import { cos, exp, ln } from "./maths.ts"

/** One named stream of random numbers. Draws of one stream never depend on another stream. */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  readonly uniform: () => number
  /** Uniform in [low, high). */
  readonly between: (low: number, high: number) => number
  /** True with probability p. */
  readonly chance: (p: number) => boolean
  /** Standard normal (Box-Muller; one value a draw, so that the stream position never depends on history). */
  readonly normal: () => number
  /** Exponential with the given mean. */
  readonly exponential: (mean: number) => number
  /** Poisson count with the given mean. */
  readonly poisson: (mean: number) => number
  /** Log-normal with the given median and standard deviation of the logarithm. */
  readonly lognormal: (median: number, sigma: number) => number
}

/**
 * The stream for a run seed and a path of names, e.g. `stream(seed, agentId, "decide")`.
 * Names are joined with a separator that no name contains, so distinct paths are distinct streams.
 */
export const stream = (seed: string, ...names: ReadonlyArray<string>): Rng => {
  let generator: (() => number) | undefined
  const draw = () => (generator ??= seedrandom.alea([seed, ...names].join("\u001f")).double)()
  const normal = () => Math.sqrt(-2 * ln(1 - draw())) * cos(2 * Math.PI * draw())
  return {
    uniform: draw,
    between: (low, high) => low + (high - low) * draw(),
    chance: (p) => draw() < p,
    normal,
    exponential: (mean) => -mean * ln(1 - draw()),
    poisson: (mean) => poisson(mean, draw, normal),
    lognormal: (median, sigma) => median * exp(sigma * normal()),
  }
}

/** Knuth's product below 30, a rounded normal above, where the two differ by less than a sweep can see. */
const poisson = (mean: number, draw: () => number, normal: () => number): number => {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  const threshold = exp(-mean)
  let product = draw()
  let count = 0
  while (product > threshold) {
    product *= draw()
    count++
  }
  return count
}
