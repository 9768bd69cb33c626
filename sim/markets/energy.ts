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

/** Beyond rounding, a shape of the day must leave the mean price alone. */
const meanTolerance = 0.01

const HourFactors = Schema.Array(quantity("Price over the day's mean", { unit: "times", min: 0, max: 20 })).check(
  Schema.makeFilter(
    (factors) =>
      factors.length === HOURS_PER_DAY && Math.abs(factors.reduce((sum, factor) => sum + factor, 0) / HOURS_PER_DAY - 1) <= meanTolerance,
    { title: "24 factors with a mean of 1, for the hours from midnight" },
  ),
)

/** How a price of electricity runs over the day. */
export const DayShape = Schema.Struct({ id: Id, hourFactors: HourFactors, source: Schema.String, date: Schema.String })
export type DayShape = typeof DayShape.Type

/** Where machines stand, with one price of electricity. */
export const Region = Schema.Struct({
  id: Schema.String,
  label: Schema.String,
  usdPerKwh: Schema.Finite.check(Schema.isGreaterThan(0)),
  source: Schema.String,
  date: Schema.String,
  customer: Schema.optionalKey(Schema.Literals(["household", "commercial", "industrial", "wholesale"])),
  utcOffsetHours: Schema.optionalKey(quantity("Local time less UTC, 0 when left out", { unit: "hours", min: -12, max: 14 })),
  /** The shape of the day, and the part of the price that follows it; a flat day where they are left out. */
  dayShape: Schema.optionalKey(Id),
  dayShapeShare: Schema.optionalKey(quantity("Part of the price that follows the shape", { unit: "share", min: 0, max: 1 })),
  /** The place by whose round trips it is reached, and what its own line adds. */
  place: Schema.optionalKey(Schema.String),
  lineMs: Schema.optionalKey(quantity("What its own line adds to a round trip", { unit: "ms", min: 0, max: 1_000 })),
})
export type Region = typeof Region.Type

/** The local hour, 0 to 24, at an hour of the run's day, which begins at midnight UTC. */
export const localHour = ({ utcOffsetHours = 0 }: Region, utcHour: number): number => {
  const hour = (utcHour + utcOffsetHours) % HOURS_PER_DAY
  return hour < 0 ? hour + HOURS_PER_DAY : hour
}

/** What a region's price is multiplied by over some hours from an hour of the run's day: the mean of its shape over them. */
export const hourFactor = (region: Region, shapes: ReadonlyArray<DayShape>, utcHour: number, hours: number): number => {
  const shape = shapes.find(({ id }) => id === region.dayShape)
  if (shape === undefined) return 1
  let [at, left, sum] = [localHour(region, utcHour), hours, 0]
  while (left > 1e-9) {
    const step = Math.min(Math.floor(at) + 1 - at, left)
    sum += shape.hourFactors[Math.floor(at) % HOURS_PER_DAY]! * step
    left -= step
    at = (at + step) % HOURS_PER_DAY
  }
  return 1 + (sum / hours - 1) * (region.dayShapeShare ?? 1)
}
