import { expect, test } from "vitest"
import { ecdf, shareAtOrBelow } from "./ecdf.ts"

test("ties make one step, and the last step is 1", () => {
  expect(ecdf([3, -1, 3, 0])).toEqual([
    { value: -1, share: 0.25 },
    { value: 0, share: 0.5 },
    { value: 3, share: 1 },
  ])
})

test("reads the share at, between and beyond the steps", () => {
  const steps = ecdf([1, 2, 2, 4])
  expect([0.5, 1, 1.5, 2, 3.9, 4, 9].map((value) => shareAtOrBelow(steps, value))).toEqual([0, 0.25, 0.25, 0.75, 0.75, 1, 1])
  expect(shareAtOrBelow([], 1)).toBe(0)
})
