import { metric } from "../metric.ts"
import { SECONDS_PER_HOUR } from "../units.ts"

export const feedAgeHours = metric({
  label: "Age of the answer",
  unit: "hours",
  description: "Age of each feed's answer at the end of the tick; no value before the first",
  daily: "mean",
  of: ({ after, world }) =>
    new Map(
      [...after.feeds].map(([id, { roundId, updatedAtSeconds }]) => [
        id,
        roundId === 0 ? NaN : (world.now.timestampSeconds - updatedAtSeconds) / SECONDS_PER_HOUR,
      ]),
    ),
})
