import { expect, test } from "vitest"
import { wilson } from "./wilson.ts"

/** 81 of 263 is the worked example of Newcombe (1998); 0 of n has the closed form z2 / (n + z2). */
test.each([
  [190, 200, 0.910424, 0.972617],
  [81, 263, 0.255253, 0.366208],
  [0, 10, 0, 0.277533],
  [10, 10, 0.722467, 1],
])("%i of %i gives %f to %f", (passes, runs, low, high) => {
  const interval = wilson(passes, runs)
  expect(interval.low).toBeCloseTo(low, 4)
  expect(interval.high).toBeCloseTo(high, 4)
})

test("a lower bound of 0.95 takes 197 of 200, 485 of 500 or 964 of 1000, and not one fewer", () => {
  for (const [passes, runs] of [
    [197, 200],
    [485, 500],
    [964, 1000],
  ] as const) {
    expect(wilson(passes, runs).low).toBeGreaterThanOrEqual(0.95)
    expect(wilson(passes - 1, runs).low).toBeLessThan(0.95)
  }
})

test("the ends are exact", () => {
  expect(wilson(0, 3).low).toBe(0)
  expect(wilson(3, 3).high).toBe(1)
})

test("no run says nothing", () => {
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
})
