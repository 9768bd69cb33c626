import { Schema } from "effect"
import { Id } from "../id.ts"
import { quantity } from "../quantity.ts"
import { HOURS_PER_DAY } from "../units.ts"
import { fields } from "./fluctuation.ts"

/** The price of electricity: a regional level from a preset, times a fluctuation common to all regions, times the hour of the day. */
export const Params = Schema.Struct({
  preset: Id,
  timeOfUse: Schema.optionalKey(
    Schema.Boolean.annotate({
      title: "true or false",
      description: "Prices follow each region's profile of the day; otherwise, and when left out, a day has one price",
    }),
  ),
  ...fields,
})

/** Beyond rounding, a profile of the day must leave the mean price alone. */
const meanTolerance = 0.01

const HourFactors = Schema.Array(quantity("Price over the day's mean", { unit: "times", min: 0, max: 20 })).check(
  Schema.makeFilter(
    (factors) =>
      factors.length === HOURS_PER_DAY && Math.abs(factors.reduce((sum, factor) => sum + factor, 0) / HOURS_PER_DAY - 1) <= meanTolerance,
    { title: "24 factors with a mean of 1, for the hours from midnight" },
  ),
)

/** A place with one price of electricity. */
export const Region = Schema.Struct({
  id: Schema.String,
  label: Schema.String,
  usdPerKwh: Schema.Finite.check(Schema.isGreaterThan(0)),
  source: Schema.String,
  date: Schema.String,
  customer: Schema.optionalKey(Schema.Literals(["household", "commercial", "industrial", "wholesale"])),
  utcOffsetHours: Schema.optionalKey(quantity("Local time less UTC, 0 when left out", { unit: "hours", min: -12, max: 14 })),
  /** Price over the day's mean by hour of local time; a flat day where it is left out. */
  hourFactors: Schema.optionalKey(HourFactors),
  hourSource: Schema.optionalKey(Schema.String),
})
export type Region = typeof Region.Type

/** The local hour, 0 to 24, at an hour of the run's day, which begins at midnight UTC. */
export const localHour = ({ utcOffsetHours = 0 }: Region, utcHour: number): number => {
  const hour = (utcHour + utcOffsetHours) % HOURS_PER_DAY
  return hour < 0 ? hour + HOURS_PER_DAY : hour
}

/** The mean of a region's factors over some hours from an hour of the run's day. */
export const hourFactor = (region: Region, utcHour: number, hours: number): number => {
  const { hourFactors } = region
  if (hourFactors === undefined) return 1
  let [at, left, sum] = [localHour(region, utcHour), hours, 0]
  while (left > 1e-9) {
    const step = Math.min(Math.floor(at) + 1 - at, left)
    sum += hourFactors[Math.floor(at) % HOURS_PER_DAY]! * step
    left -= step
    at = (at + step) % HOURS_PER_DAY
  }
  return sum / hours
}
