import { expect, test } from "vitest"
import { stream } from "../rng.ts"
import { quantileInterval } from "./quantileInterval.ts"

test("the median of ten lies between the second and the ninth, as tables of the sign test say", () => {
  const interval = quantileInterval([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], 0.5)
  expect(interval).toEqual({ count: 10, quantile: 5.5, low: 2, high: 9, coverage: expect.closeTo(1 - 22 / 1024, 12) })
})

test("a sample too small leaves its sides open", () => {
  expect(quantileInterval([1, 2, 3, 4, 5], 0.5)).toEqual({ count: 5, quantile: 3, low: NaN, high: NaN, coverage: 1 })
  // The greatest of 20 is above the 95th percentile with 1 - 0.95^20 = 64 % only, the 16th below it with more than 97.5 %.
  const upper = quantileInterval(
    Array.from({ length: 20 }, (_, index) => index + 1),
    0.95,
  )
  expect(upper.low).toBe(17)
  expect(upper.high).toBeNaN()
})

test("holds the true quantile as often as it says", () => {
  const rng = stream("coverage", "quantile")
  let held = 0
  let said = 0
  for (let i = 0; i < 2000; i++) {
    const { low, high, coverage } = quantileInterval(
      Array.from({ length: 60 }, () => rng.lognormal(1, 1)),
      0.5,
    )
    if (low <= 1 && 1 <= high) held++
    said = coverage
  }
  expect(said).toBeGreaterThanOrEqual(0.95)
  expect(Math.abs(held / 2000 - said)).toBeLessThan(3.29 * Math.sqrt((said * (1 - said)) / 2000))
})
