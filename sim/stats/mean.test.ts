import { expect, test } from "vitest"
import { stream } from "../rng.ts"
import { atLevel, mean, meanInterval } from "./mean.ts"

test("agrees with the interval worked by hand", () => {
  // Squared deviations sum to 1.172, so the standard error is sqrt(1.172 / 4 / 5) = 0.2420744; times t(4) = 2.776445.
  const interval = meanInterval([5.1, 4.9, 6.2, 5.6, 5.0])
  expect(interval.mean).toBeCloseTo(5.36, 12)
  expect(interval.low).toBeCloseTo(5.36 - 0.672106, 5)
  expect(interval.high).toBeCloseTo(5.36 + 0.672106, 5)
})

test("an interval at another level is that of the values", () => {
  const values = [5.1, 4.9, 6.2, 5.6, 5.0]
  const [turned, made] = [atLevel(meanInterval(values), 0.999), meanInterval(values, 0.999)]
  expect(turned.low).toBeCloseTo(made.low, 12)
  expect(turned.high).toBeCloseTo(made.high, 12)
  expect(atLevel(meanInterval([3]), 0.999).low).toBeNaN()
})

test("a single value has a mean and no interval", () => {
  expect(meanInterval([3])).toEqual({ count: 1, mean: 3, low: NaN, high: NaN })
  expect(mean([])).toBeNaN()
})

test("2000 intervals of five normal draws hold the true mean in 95 % of cases", () => {
  const rng = stream("coverage", "mean")
  let held = 0
  for (let i = 0; i < 2000; i++) {
    const { low, high } = meanInterval(Array.from({ length: 5 }, () => 10 + 3 * rng.normal()))
    if (low <= 10 && 10 <= high) held++
  }
  // 0.95 plus or minus 3.29 standard errors of a share over 2000.
  expect(held / 2000).toBeGreaterThan(0.934)
  expect(held / 2000).toBeLessThan(0.966)
})
