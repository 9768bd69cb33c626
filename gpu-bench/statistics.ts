/** The value at a share of the sorted samples, between two of them in proportion. Throws on no samples. */
export const percentile = (samples: ReadonlyArray<number>, share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b)
  if (sorted.length === 0) throw new Error("there is no percentile of no samples")
  const at = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!]
  return low + (high - low) * (at - Math.floor(at))
}

export const median = (samples: ReadonlyArray<number>): number => percentile(samples, 0.5)
