import { confidenceSequence } from "./confidenceSequence.ts"
import type { MeanInterval } from "./mean.ts"

/** When enough runs were made to know a mean. */
export interface StoppingRule {
  /** Half the width of the interval that is wanted, in the unit of the values; of the mean's size if `relative`. */
  readonly halfWidth: number
  readonly relative?: boolean
}

export interface StoppingState {
  readonly isReached: boolean
  /** Holds the mean with a probability of 95 % although the data chose when to stop. */
  readonly interval: MeanInterval
}

/** With fewer, values that happen to be alike look settled: five equal ones of a share, or of a skewed law (coverage in `docs/statistics.md`). */
const countMin = 10

/** Whether these values, all there are so far, are enough. To be asked after every further value, or after every several. */
export const stoppingState = ({ halfWidth, relative = false }: StoppingRule, values: ReadonlyArray<number>): StoppingState => {
  const interval = confidenceSequence(values)
  const wanted = relative ? halfWidth * Math.abs(interval.mean) : halfWidth
  return { isReached: values.length >= countMin && (interval.high - interval.low) / 2 <= wanted, interval }
}

/** What the interval promises, in words for whoever reads the result. */
export const stoppingGuarantee = "valid however the time to stop was chosen: exact for normal values, approximate for others"
