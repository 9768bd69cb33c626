import { expect, test } from "vitest"
import { nameplates } from "./nameplates.ts"
import { textWidth } from "./plot.ts"

const frame = { left: 40, right: 343, top: 20, bottom: 200 }

const boxes = (points: Parameters<typeof nameplates>[0]) =>
  nameplates(points, frame).map(({ text, x, y }) => ({ left: x, right: x + textWidth(text, true), top: y - 7, bottom: y + 7 }))

test("names of points that nearly coincide stand apart and inside the frame", () => {
  const all = boxes(["failureHours", "swings", "stake", "sold", "emission"].map((name, i) => ({ name, x: 60 + i, y: 150 + i })))
  for (const [i, one] of all.entries()) {
    expect(one.left).toBeGreaterThanOrEqual(frame.left)
    expect(one.right).toBeLessThanOrEqual(frame.right)
    expect(one.top).toBeGreaterThanOrEqual(frame.top)
    expect(one.bottom).toBeLessThanOrEqual(frame.bottom)
    for (const other of all.slice(i + 1))
      expect(one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top).toBe(true)
  }
})

test("a name stands at the right of its point, and at the left where the right has no room", () => {
  expect(boxes([{ name: "base", x: 100, y: 100 }])[0]!.left).toBeGreaterThan(100)
  expect(boxes([{ name: "base", x: 330, y: 100 }])[0]!.right).toBeLessThan(330)
})
