import { benjaminiHochberg } from "../sim/stats/benjaminiHochberg.ts"
import { holm } from "../sim/stats/holm.ts"
import { mean, meanInterval } from "../sim/stats/mean.ts"
import { pairedDifferences } from "../sim/stats/pairedDifference.ts"
import { seedsNeeded } from "../sim/stats/seedsNeeded.ts"
import { tTest } from "../sim/stats/tTest.ts"

/** What one metric was in both scenarios, by seed. */
export interface Compared {
  readonly metric: string
  readonly unit: string
  readonly base: ReadonlyMap<string, number>
  readonly variant: ReadonlyMap<string, number>
}

/** How one metric differs, judged together with all others that were compared. */
export interface Difference {
  readonly metric: string
  readonly unit: string
  readonly base: number
  readonly variant: number
  /** Variant less base, paired by seed, with the 95 % interval of this metric by itself. */
  readonly difference: number
  readonly low: number
  readonly high: number
  readonly seeds: number
  /** The difference in each seed, in the order of the seeds. */
  readonly bySeed: ReadonlyArray<number>
  /** Two-sided, by Student's t, then adjusted for all metrics: by Holm, and by Benjamini and Hochberg. */
  readonly p: number
  readonly pHolm: number
  readonly pFalseDiscovery: number
  /** `no`: equal in every seed. `yes`: Holm's p is 5 % at most. `likely`: only the other one is. */
  readonly differs: "yes" | "likely" | "undecided" | "no"
  /** Seeds that show a difference as large as the seen one with a probability of 80 %, and as many if the spread is larger than it seems. */
  readonly seedsNeeded: number
  readonly seedsNeededSafe: number
}

const ALPHA = 0.05

/** The differences of many metrics at once. A metric that is equal in every seed was decided by no draw, so it is not one of the tests. */
export const differencesOf = (compared: ReadonlyArray<Compared>, seeds: ReadonlyArray<string>): ReadonlyArray<Difference> => {
  const samples = compared.map(({ base, variant }) => pairedDifferences(base, variant))
  const isEqual = samples.map((sample) => sample.length > 0 && sample.every((value) => value === 0))
  const p = samples.map((sample, index) => (isEqual[index] ? NaN : tTest(sample)))
  const pHolm = holm(p)
  const pFalseDiscovery = benjaminiHochberg(p)
  return compared.map(({ metric, unit, base, variant }, index) => {
    const sample = samples[index]!
    const { mean: difference, low, high, count } = meanInterval(sample)
    const needed = seedsNeeded(sample)
    const adjusted = { p: p[index]!, pHolm: pHolm[index]!, pFalseDiscovery: pFalseDiscovery[index]! }
    return {
      metric,
      unit,
      base: average(base, seeds),
      variant: average(variant, seeds),
      difference,
      low,
      high,
      seeds: count,
      bySeed: sample,
      ...adjusted,
      differs: isEqual[index] ? "no" : adjusted.pHolm <= ALPHA ? "yes" : adjusted.pFalseDiscovery <= ALPHA ? "likely" : "undecided",
      seedsNeeded: needed.seeds,
      seedsNeededSafe: needed.seedsSafe,
    }
  })
}

const average = (values: ReadonlyMap<string, number>, seeds: ReadonlyArray<string>): number =>
  mean(seeds.map((seed) => values.get(seed) ?? NaN))
