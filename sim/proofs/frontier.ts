import { ln } from "../maths.ts"
import type { Deed } from "./deed.ts"
import { deterrence } from "./deterrence.ts"

/** Lower ends, in percent, of the classes of p (R + S) / C in which epochs are counted; at 100 theory has cheating stop. */
export const deterrenceClasses = [0, 25, 40, 55, 70, 80, 90, 100, 110, 125, 145, 180, 250, 400] as const

/** Epochs in which a provider weighed cheating, and those of them in which it cheated, by class of deterrence. */
export interface Tally {
  readonly weighed: ReadonlyArray<number>
  readonly cheated: ReadonlyArray<number>
}

const zeros = deterrenceClasses.map(() => 0)
export const emptyTally: Tally = { weighed: zeros, cheated: zeros }

export const countDeeds = (before: Tally, deeds: Iterable<Deed>): Tally => {
  const [weighed, cheated] = [[...before.weighed], [...before.cheated]]
  for (const { temptation, isCheating } of deeds) {
    if (temptation === undefined || !(temptation.savedUsd > 0)) continue
    const at = deterrenceClasses.findLastIndex((percent) => 100 * deterrence(temptation) >= percent)
    weighed[at]!++
    if (isCheating) cheated[at]!++
  }
  return { weighed, cheated }
}

/** Share of the epochs of a class in which the provider cheated; in a class without epochs, what the classes beside it say in the middle. */
const shares = ({ weighed, cheated }: Tally): ReadonlyArray<number> =>
  weighed.map((epochs, at) => {
    if (epochs > 0) return cheated[at]! / epochs
    const below = weighed.findLastIndex((others, index) => index < at && others > 0)
    const above = weighed.findIndex((others, index) => index > at && others > 0)
    return ((below < 0 ? 1 : cheated[below]! / weighed[below]!) + (above < 0 ? 0 : cheated[above]! / weighed[above]!)) / 2
  })

/**
 * Logarithm of the deterrence at which half of the providers cheat, by the estimator of Spearman (1908) and Kärber (1931): all cheat
 * below the classes and nobody above them. NaN where nobody weighed anything, or all do the same.
 */
export const logCrossing = (tally: Tally): number => {
  const total = tally.weighed.reduce((sum, epochs) => sum + epochs, 0)
  const cheated = tally.cheated.reduce((sum, epochs) => sum + epochs, 0)
  if (total === 0 || cheated === 0 || cheated === total) return NaN
  const inner = shares(tally).slice(1, -1)
  const logs = deterrenceClasses.slice(1).map((percent) => ln(percent / 100))
  return inner.reduce((sum, share, index) => sum + share * (logs[index + 1]! - logs[index]!), logs[0]!)
}
