import { expect, it } from "vitest"
import { doneShare } from "./doneShare.ts"

it("goes with speed and time, is shared between names, and is never more than all", () => {
  expect(doneShare(0.5, 1, 0)).toBe(0.5)
  expect(doneShare(0.5, 1, 0.5)).toBe(0.75)
  expect(doneShare(1, 4, 0)).toBe(0.25)
  expect(doneShare(0.7, 1, 3 / 7)).toBeCloseTo(1, 12)
  expect(doneShare(2, 1, 0)).toBe(1)
})
