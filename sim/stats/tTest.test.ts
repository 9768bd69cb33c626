import { expect, test } from "vitest"
import { meanInterval } from "./mean.ts"
import { tTest } from "./tTest.ts"

test("is 1 less the level at which the interval just touches 0", () => {
  const values = [0.3, 1.1, -0.4, 2.2, 0.9]
  const p = tTest(values)
  expect(meanInterval(values, 1 - p).low).toBeCloseTo(0, 10)
  expect(tTest(values.map((value) => -value))).toBe(p)
})

test("no difference is no evidence, the same difference in every seed is certainty, one seed is nothing", () => {
  expect([tTest([0, 0, 0]), tTest([2, 2, 2]), tTest([5])]).toEqual([1, 0, NaN])
})
