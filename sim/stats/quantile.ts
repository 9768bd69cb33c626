/** The value below which a share p of a sample lies, with linear interpolation between order statistics (Hyndman and Fan's type 7). */
export const quantile = (values: ReadonlyArray<number>, p: number): number => quantileSorted(sorted(values), p)

/** The same for several shares of one sample, sorted once. */
export const quantiles = (values: ReadonlyArray<number>, shares: ReadonlyArray<number>): ReadonlyArray<number> => {
  const ascending = sorted(values)
  return shares.map((p) => quantileSorted(ascending, p))
}

export const median = (values: ReadonlyArray<number>): number => quantile(values, 0.5)

/** Numbers in ascending order; values that are not numbers are left out. */
export const sorted = (values: ReadonlyArray<number>): ReadonlyArray<number> =>
  values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)

const quantileSorted = (ascending: ReadonlyArray<number>, p: number): number => {
  if (!(p >= 0 && p <= 1)) throw new Error(`invalid share: ${p}`)
  const position = (ascending.length - 1) * p
  const below = ascending[Math.floor(position)]
  const above = ascending[Math.ceil(position)]
  if (below === undefined || above === undefined) return NaN
  return below + (above - below) * (position - Math.floor(position))
}
