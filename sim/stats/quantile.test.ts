import { expect, test } from "vitest"
import { median, quantile, quantiles } from "./quantile.ts"

test("interpolates between order statistics at (n - 1) p", () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6]
  expect(quantiles(values, [0, 0.05, 0.25, 0.5, 0.9, 1])).toEqual([1, 1, 1.75, 3.5, expect.closeTo(6.9, 12), 9])
})

test("a single value is every quantile", () => {
  expect(quantiles([7], [0, 0.3, 1])).toEqual([7, 7, 7])
})

test("values that are not numbers are left out, and nothing has no quantile", () => {
  expect(median([NaN, 2, 4])).toBe(3)
  expect(quantile([NaN], 0.5)).toBeNaN()
})

test("the sample is not reordered, and a share outside 0 to 1 is refused", () => {
  const values = [2, 1]
  quantile(values, 0.5)
  expect(values).toEqual([2, 1])
  expect(() => quantile(values, 1.1)).toThrow("invalid share: 1.1")
})
