import { expect, test } from "vitest"
import { isTooSkewed, skewness } from "./skewness.ts"

test("is 0 of symmetric values, that of the moments of others, and turns with their sign", () => {
  expect(skewness([1, 2, 3])).toBe(0)
  // Moments around 1: (1 + 1 + 1 + 9) / 4 = 3 and (-1 - 1 - 1 + 27) / 4 = 6.
  expect(skewness([0, 0, 0, 4])).toBeCloseTo(6 / 3 ** 1.5, 12)
  expect(skewness([0, 0, 0, -4])).toBeCloseTo(-6 / 3 ** 1.5, 12)
})

test("values all alike have none", () => {
  expect(skewness([0.1, 0.1, 0.1])).toBeNaN()
  expect(skewness([])).toBeNaN()
})

test("the more skewed, the more values are too few", () => {
  expect([isTooSkewed(5, 0.9), isTooSkewed(5, -1.1), isTooSkewed(30, 1.1), isTooSkewed(31, 1.1), isTooSkewed(100, 2)]).toEqual([
    false,
    true,
    true,
    false,
    true,
  ])
  expect(isTooSkewed(5, NaN)).toBe(false)
})
