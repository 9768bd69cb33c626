import { type MeanInterval, meanInterval } from "./mean.ts"

/**
 * Mean of variant minus base over the seeds that both have, with its 95 % interval. The same seed gives both runs the same
 * randomness, so what the two share cancels and the interval is narrower than that of two independent samples.
 */
export const pairedDifference = (base: ReadonlyMap<string, number>, variant: ReadonlyMap<string, number>): MeanInterval => {
  const differences: Array<number> = []
  for (const [seed, value] of variant) {
    const other = base.get(seed)
    if (other !== undefined && !Number.isNaN(value - other)) differences.push(value - other)
  }
  return meanInterval(differences)
}
