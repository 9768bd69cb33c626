import { Schema } from "effect"
import type { Moment } from "../../clock.ts"
import { cos } from "../../maths.ts"
import { or, quantity } from "../../quantity.ts"
import { HOURS_PER_DAY, SECONDS_PER_DAY } from "../../units.ts"

/** A tide of the day and quiet weekends, in UTC; the mean of a week stays what it is. */
export const Params = Schema.Struct({
  dayShare: quantity("How far the day's tide lifts and lowers demand", { unit: "share", min: 0, max: 1 }).pipe(or(0.4)),
  peakHour: quantity("Hour of the day at which it is highest", { unit: "hours", min: 0, max: 24 }).pipe(or(20)),
  weekendFactor: quantity("Saturdays and Sundays over working days", { unit: "times", min: 0, max: 10 }).pipe(or(1)),
})
type Params = typeof Params.Type

/** The first of January 1970 was a Thursday. */
const epochWeekday = 4

export const cycleFactor = ({ dayShare, peakHour, weekendFactor }: Params, now: Moment, hoursIntoTick: number): number => {
  const seconds = now.timestampSeconds - now.hours * 3600 + hoursIntoTick * 3600
  const hour = (seconds / 3600) % HOURS_PER_DAY
  const weekday = (Math.floor(seconds / SECONDS_PER_DAY) + epochWeekday) % 7
  const workday = 7 / (5 + 2 * weekendFactor)
  const tide = 1 + dayShare * cos((2 * Math.PI * (hour - peakHour)) / HOURS_PER_DAY)
  return tide * (weekday === 0 || weekday === 6 ? workday * weekendFactor : workday)
}

/** The most that the factor can be. */
export const cycleMax = ({ dayShare, weekendFactor }: Params): number =>
  ((1 + dayShare) * 7 * Math.max(1, weekendFactor)) / (5 + 2 * weekendFactor)
