import { confidenceSequence } from "./confidenceSequence.ts"
import { type MeanInterval, meanInterval } from "./mean.ts"

/** When enough runs were made to know a mean. */
export interface StoppingRule {
  /** Half the width of the interval that is wanted, in the unit of the values; of the mean's size if `relative`. */
  readonly halfWidth: number
  readonly relative?: boolean
  /**
   * `anytime` (default): the interval is a confidence sequence, and holds the mean with probability `level` although the data chose when to stop.
   * `fixedWidth`: Student's t, looked at after every run (Chow and Robbins 1965); fewer runs, but it holds the mean less often than `level` says,
   * and as often only in the limit of narrow intervals.
   */
  readonly method?: StoppingMethod
  readonly level?: number
  /** Never stops with fewer; by default 2 for `anytime`, whose guarantee needs no minimum, and 10 for `fixedWidth`, which stops too early without one. */
  readonly countMin?: number
}

export type StoppingMethod = "anytime" | "fixedWidth"

export interface StoppingState {
  readonly isReached: boolean
  readonly interval: MeanInterval
}

/** Whether these values, all there are so far, are enough. To be asked after every further value, or after every several. */
export const stoppingState = (rule: StoppingRule, values: ReadonlyArray<number>): StoppingState => {
  const { halfWidth, relative = false, method = "anytime", level } = rule
  const { countMin = method === "anytime" ? 2 : 10 } = rule
  const interval = method === "anytime" ? confidenceSequence(values, level) : meanInterval(values, level)
  const wanted = relative ? halfWidth * Math.abs(interval.mean) : halfWidth
  return { isReached: values.length >= countMin && (interval.high - interval.low) / 2 <= wanted, interval }
}

/** What an interval of this rule promises, in words for whoever reads the result. */
export const stoppingGuarantee: Readonly<Record<StoppingMethod, string>> = {
  anytime: "valid however the time to stop was chosen: exact for normal values, approximate for others",
  fixedWidth: "approximate: it was narrowed until it was narrow enough, and holds the mean somewhat less often than its level",
}
