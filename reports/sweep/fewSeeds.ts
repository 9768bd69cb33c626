import { isTooSkewed } from "../../sim/stats/skewness.ts"
import type { SweepData } from "../sweepData.ts"
import { outcomeText, within } from "./sweepChart.ts"

/** As a share of the variants in which an outcome varies at all; of normal values one in nine or fewer looks skewed by chance. */
const shareMin = 1 / 3

/**
 * The sentence about outcomes whose intervals are too narrow, because their values are skewed and the seeds few for that, in a third of the variants
 * or more; undefined where there is none.
 */
export const fewSeeds = ({ outcomes, estimates }: SweepData): string | undefined => {
  const named = outcomes.flatMap((outcome) => {
    const varying = (estimates[outcome.id] ?? []).filter(({ skewness }) => skewness !== null)
    const skewed = varying.filter(({ count, skewness }) => isTooSkewed(count, skewness!))
    if (skewed.length === 0 || skewed.length < shareMin * varying.length) return []
    const seeds = Math.min(...skewed.map(({ count }) => count))
    return [`${within(outcomeText(outcome))} (${seeds} seeds, ${skewed.length} of ${varying.length} variants)`]
  })
  return named.length === 0
    ? undefined
    : `Skewed over few seeds, so that a 95 % interval holds the mean less often than it says: ${named.join("; ")}.`
}
