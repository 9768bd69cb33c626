import fc from "fast-check"
import { expect, test } from "vitest"
import { type Calendar, moment, tickCount, unixSeconds } from "./clock.ts"
import { SECONDS_PER_DAY } from "./units.ts"

const calendar: Calendar = { start: "2026-01-01", days: 14, ticksPerDay: 4, epochDays: 7 }

test("the first and the last tick", () => {
  expect(moment(calendar, 1)).toEqual({
    tick: 1,
    day: 0,
    epoch: 0,
    tickOfEpoch: 0,
    tickOfDay: 0,
    ticksPerDay: 4,
    isEpochEnd: false,
    isDayEnd: false,
    hours: 6,
    epochHours: 168,
    timestampSeconds: 1_767_225_600 + 21_600,
  })
  expect(moment(calendar, tickCount(calendar))).toEqual({
    tick: 56,
    day: 13.75,
    epoch: 1,
    tickOfEpoch: 27,
    tickOfDay: 3,
    ticksPerDay: 4,
    isEpochEnd: true,
    isDayEnd: true,
    hours: 6,
    epochHours: 168,
    timestampSeconds: 1_767_225_600 + 14 * SECONDS_PER_DAY,
  })
})

test("days and epochs cut the whole run, and time never stands still", () => {
  const calendars = fc.record({
    start: fc.constantFrom("2024-02-29", "2026-01-01", "2027-12-31"),
    days: fc.integer({ min: 1, max: 60 }),
    ticksPerDay: fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 24),
    epochDays: fc.integer({ min: 1, max: 7 }),
  })
  fc.assert(
    fc.property(calendars, (any) => {
      const moments = Array.from({ length: tickCount(any) }, (_, i) => moment(any, i + 1))
      expect(moments.filter(({ isDayEnd }) => isDayEnd)).toHaveLength(any.days)
      expect(moments.filter(({ isEpochEnd }) => isEpochEnd)).toHaveLength(Math.floor(any.days / any.epochDays))
      for (const [i, at] of moments.entries()) {
        const before = moments[i - 1]
        expect(at.epoch).toBe(Math.floor(at.day / any.epochDays))
        if (before === undefined) continue
        expect(at.timestampSeconds - before.timestampSeconds).toBe(SECONDS_PER_DAY / any.ticksPerDay)
        expect(at.epoch - before.epoch).toBe(before.isEpochEnd ? 1 : 0)
      }
    }),
    { seed: 1 },
  )
})

test("midnight UTC of a date", () => {
  expect(unixSeconds("1970-01-01")).toBe(0)
  expect(unixSeconds("2026-01-01")).toBe(1_767_225_600)
  const days = Array.from({ length: 40 * 365 }, (_, i) => i * SECONDS_PER_DAY)
  for (const seconds of days) expect(unixSeconds(new Date(seconds * 1000).toISOString().slice(0, 10))).toBe(seconds)
})
