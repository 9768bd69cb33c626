import { stream } from "../rng.ts"
import { quantiles } from "./quantile.ts"

/** An estimate with its 95 % interval. */
export interface Bounded {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** How often each block and each seed counts; all ones for the sample itself. */
export interface Weights {
  readonly blocks: ReadonlyArray<number>
  readonly seeds: ReadonlyArray<number>
}

const draws = 500

/**
 * Percentile bootstrap of several estimates at once over blocks and over seeds, drawn independently of each other because every block has every
 * seed (Owen 2007, The pigeonhole bootstrap: intervals are a little too wide, never by much too narrow). Draws that hold one seed only are taken
 * again, since they cannot tell noise. The same sample gives the same interval. One block has no interval.
 */
export const bootstrapBlocks = <Name extends string>(
  blocks: number,
  seeds: number,
  estimate: (weights: Weights) => Readonly<Record<Name, number>>,
): Readonly<Record<Name, Bounded>> => {
  const value = estimate({ blocks: ones(blocks), seeds: ones(seeds) })
  const names = Object.keys(value) as Array<Name>
  const rng = stream("bootstrapBlocks", String(blocks), String(seeds))
  const multiplicities = (count: number): ReadonlyArray<number> => {
    const times = ones(count).fill(0)
    for (let i = 0; i < count; i++) times[Math.floor(rng.uniform() * count)]!++
    return times
  }
  const seedWeights = (): ReadonlyArray<number> => {
    if (seeds < 3) return ones(seeds)
    for (;;) {
      const weights = multiplicities(seeds)
      if (weights.filter((times) => times > 0).length > 1) return weights
    }
  }
  const replicates =
    blocks < 2 ? [] : Array.from({ length: draws }, () => estimate({ blocks: multiplicities(blocks), seeds: seedWeights() }))
  return Object.fromEntries(
    names.map((name) => {
      const [low = NaN, high = NaN] = quantiles(
        replicates.map((replicate) => replicate[name]),
        [0.025, 0.975],
      )
      return [name, { value: value[name], low, high }]
    }),
  ) as Record<Name, Bounded>
}

const ones = (count: number): Array<number> => Array.from({ length: count }, () => 1)
