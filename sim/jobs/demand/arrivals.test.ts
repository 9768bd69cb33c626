import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { moment } from "../../clock.ts"
import { stream } from "../../rng.ts"
import { drawArrivals, expectedJobs, Params } from "./arrivals.ts"

const calendar = { start: "2026-01-01", days: 10_000, ticksPerDay: 4, epochDays: 1 }
const decode = (params: object) => Schema.decodeUnknownSync(Params)(params)
/** Hours of all jobs of so many weeks, from the start of the run. */
const over = (weeks: number, params: object, jobsPerDay = 40) => {
  const rng = stream("arrivals", JSON.stringify(params))
  const all: Array<number> = []
  let pending: ReadonlyArray<number> = []
  for (let tick = 1; tick <= weeks * 28; tick++) {
    const drawn = drawArrivals(decode(params), jobsPerDay, 1, moment(calendar, tick), pending, rng)
    pending = drawn.pending
    for (const hours of drawn.hours) {
      expect(hours >= 0 && hours < 6).toBe(true)
      all.push((tick - 1) * 6 + hours)
    }
  }
  return all
}
const weeks = 150
const perDay = (params: object) => over(weeks, params).length / (weeks * 7)
/** Standard error of the mean of a day; crowds make counts vary more. */
const error = (varianceFactor = 1) => Math.sqrt((40 * varianceFactor) / (weeks * 7))

describe("jobs come", () => {
  it.each<readonly [object, number]>([
    [{}, 1],
    [{ cycle: { dayShare: 0.8, peakHour: 20, weekendFactor: 0.3 } }, 1],
    [{ bursts: { kind: "batches", meanJobs: 4 } }, 7],
    [{ bursts: { kind: "hawkes", branchingShare: 0.5, decayHours: 6 } }, 4],
    [{ table: { jobsPerDay: [20, 60] } }, 1],
  ])("as many as are asked for, on average: %j", (params, varianceFactor) => {
    expect(Math.abs(perDay(params) - 40)).toBeLessThan(3.29 * error(varianceFactor))
  })

  it("most at the hour of the peak, and fewer at weekends", () => {
    const jobs = over(weeks, { cycle: { dayShare: 0.8, peakHour: 20, weekendFactor: 0.5 } })
    const inHour = (hour: number) => jobs.filter((at) => Math.floor(at) % 24 === hour).length
    expect(inHour(20) / inHour(8)).toBeGreaterThan(5)
    // The first of January 2026 was a Thursday, so days 2 and 3 of each week are Saturday and Sunday.
    const onDay = (day: number) => jobs.filter((at) => Math.floor(at / 24) % 7 === day).length
    expect((onDay(2) + onDay(3)) / (onDay(0) + onDay(1))).toBeCloseTo(0.5, 1)
  })

  it("in crowds, whose counts vary as their closed forms say", () => {
    const dayCounts = (params: object) => {
      const counts = Array.from({ length: weeks * 7 }, () => 0)
      for (const at of over(weeks, params)) counts[Math.floor(at / 24)]!++
      return counts
    }
    const ratio = (params: object) => {
      const counts = dayCounts(params)
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
      return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length / mean
    }
    // A geometric batch of mean m multiplies the variance by 2 m - 1; a fast Hawkes process by 1 / (1 - n)^2.
    expect(Math.abs(ratio({ bursts: { kind: "batches", meanJobs: 4 } }) / 7 - 1)).toBeLessThan(0.2)
    expect(Math.abs(ratio({ bursts: { kind: "hawkes", branchingShare: 0.5, decayHours: 0.1 } }) / 4 - 1)).toBeLessThan(0.2)
  })

  it("by an S-shaped curve: half of them on its middle day", () => {
    const adoption = { fullFactor: 3, midDay: 50, scaleDays: 10 }
    expect([0, 50, 1_000].map((day) => expectedJobs(decode({ adoption }), 40, day))).toEqual(
      [120 / (1 + Math.exp(5)), 60, 120].map((x) => expect.closeTo(x, 9)),
    )
  })
})
