import { quantiles } from "../sim/stats/quantile.ts"

/** How a number differs between seeds. */
export interface Spread {
  /** Values that are numbers. */
  readonly count: number
  readonly middle: number
  /** The outer band: 5 % to 95 %, or lowest to highest where seeds are few. */
  readonly low: number
  readonly high: number
  /** The inner band: 25 % to 75 %. */
  readonly innerLow: number
  readonly innerHigh: number
}

/** From so many seeds on at least one lies outside each end of a 90 % band; below it the band would pretend. */
const SEEDS_FOR_90 = 20
/** Below so many seeds quartiles say no more than the single lines do. */
const SEEDS_FOR_50 = 8

export const hasInnerBand = (seeds: number): boolean => seeds >= SEEDS_FOR_50

export const spread = (values: ReadonlyArray<number>): Spread => {
  const tail = values.length >= SEEDS_FOR_90 ? 0.05 : 0
  const [low = NaN, innerLow = NaN, middle = NaN, innerHigh = NaN, high = NaN] = quantiles(values, [tail, 0.25, 0.5, 0.75, 1 - tail])
  return { count: values.filter((value) => !Number.isNaN(value)).length, middle, low, high, innerLow, innerHigh }
}

/** What the bounds of a spread over so many seeds are, e.g. "over 5 seeds". */
export const spreadPhrase = (seeds: number): string =>
  seeds === 1 ? "one seed" : seeds >= SEEDS_FOR_90 ? `in 90 % of ${seeds} seeds` : `over ${seeds} seeds`

/** What lines and bands over so many seeds mean. */
export const bandCaption = (seeds: number, faint: boolean): string => {
  if (seeds === 1) return "One seed, so there is no band: run more seeds before you conclude."
  const outer = seeds >= SEEDS_FOR_90 ? "90 % of seeds" : "lowest to highest seed"
  const bands = hasInnerBand(seeds) ? `bands: 50 % of seeds and ${outer}` : `band: ${outer}`
  return `Line: median of ${seeds} seeds; ${bands}${faint ? "; faint lines: single seeds" : ""}.`
}
