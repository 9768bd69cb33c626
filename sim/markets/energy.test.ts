import { describe, expect, it } from "vitest"
import { hourFactor, localHour, type Region } from "./energy.ts"

const region: Region = { id: "here", label: "here", usdPerKwh: 0.1, source: "test", date: "2026", utcOffsetHours: -6, dayShape: "evening" }
const hourFactors = Array.from({ length: 24 }, (_, hour) => (hour >= 18 && hour < 22 ? 2.5 : 0.7))
const shapes = [{ id: "evening", hourFactors, source: "test", date: "2026" }]

describe("the price of electricity over the day", () => {
  it("is asked for in local time", () => {
    expect([0, 6, 23].map((hour) => localHour(region, hour))).toEqual([18, 0, 17])
    expect(hourFactor(region, shapes, 0, 1)).toBe(2.5)
    expect(hourFactor(region, shapes, 18, 1)).toBe(0.7)
  })

  it.each([1, 4, 6, 24, 96, 288])("has the day's mean over %d ticks", (ticksPerDay) => {
    const hours = 24 / ticksPerDay
    const factors = Array.from({ length: ticksPerDay }, (_, tick) => hourFactor(region, shapes, tick * hours, hours))
    expect(factors.reduce((sum, factor) => sum + factor, 0) / ticksPerDay).toBeCloseTo(1, 9)
  })

  it("weighs a tick that lies over a change, or over midnight", () => {
    // From 20 to 2 local time: two hours at 2.5 and four at 0.7.
    expect(hourFactor(region, shapes, 2, 6)).toBeCloseTo((2 * 2.5 + 4 * 0.7) / 6, 12)
  })

  it("moves only the part of the price that follows the shape, and nothing where there is no shape", () => {
    expect(hourFactor({ ...region, dayShapeShare: 0.4 }, shapes, 0, 1)).toBeCloseTo(1.6, 12)
    const { dayShape: _, ...flat } = region
    expect(hourFactor(flat, shapes, 0, 1)).toBe(1)
  })
})
