import { metric } from "../metric.ts"
import { charactersIn } from "../jobs/characters.ts"

export const renderingTailRatio = metric({
  label: "Stragglers in rendering",
  unit: "times",
  description:
    "Time from the first frame to the last, over the time in which nine tenths of the frames were done: mean of the jobs that were done in the tick; the last known one when there were none",
  daily: "mean",
  of: ({ actors, outcome: { tails }, previous }) => {
    if (!charactersIn(actors).includes("rendering")) return undefined
    return tails.length === 0 ? (previous?.["renderingTailRatio"] ?? NaN) : tails.reduce((sum, tail) => sum + tail, 0) / tails.length
  },
})
