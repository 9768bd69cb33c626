import { type MeanInterval, meanInterval } from "./mean.ts"

/**
 * Mean of variant minus base over the seeds that both have, with its interval by Student's t. The same seed gives both runs the same
 * randomness, so what the two share cancels and the interval is narrower than that of two independent samples.
 */
export const pairedDifference = (base: ReadonlyMap<string, number>, variant: ReadonlyMap<string, number>, level?: number): MeanInterval =>
  meanInterval(pairedDifferences(base, variant), level)

/** Variant minus base, one number for each seed in which both have a value, in the order of the variant's seeds. */
export const pairedDifferences = (base: ReadonlyMap<string, number>, variant: ReadonlyMap<string, number>): ReadonlyArray<number> => {
  const differences: Array<number> = []
  for (const [seed, value] of variant) {
    const other = base.get(seed)
    if (other !== undefined && !Number.isNaN(value - other)) differences.push(value - other)
  }
  return differences
}
