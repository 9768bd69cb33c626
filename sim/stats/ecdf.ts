import { sorted } from "./quantile.ts"

/** One step of an empirical distribution: the share of the sample at or below a value. */
export interface Step {
  readonly value: number
  readonly share: number
}

/** The empirical distribution function, one step for each distinct value in ascending order. */
export const ecdf = (values: ReadonlyArray<number>): ReadonlyArray<Step> => {
  const ascending = sorted(values)
  const steps: Array<Step> = []
  ascending.forEach((value, i) => {
    if (value !== ascending[i + 1]) steps.push({ value, share: (i + 1) / ascending.length })
  })
  return steps
}

/** The share of the sample at or below `value`. */
export const shareAtOrBelow = (steps: ReadonlyArray<Step>, value: number): number => {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle]?.value ?? Infinity) <= value) low = middle + 1
    else high = middle
  }
  return steps[low - 1]?.share ?? 0
}
