import { expect, test } from "vitest"
import { textWidth } from "./plot.ts"
import { shockLabels } from "./shockLabels.ts"

const place = (shocks: ReadonlyArray<readonly [string, number]>) =>
  shockLabels(
    shocks.map(([label, fromDay]) => ({ label, fromDay, toDay: fromDay + 10 })),
    40,
    300,
    (day) => 40 + day * 2.6,
  )

test("a label begins with its shock", () => {
  expect(place([["Demand", 20]])).toEqual([{ text: "Demand", x: 92, row: 0 }])
})

test("labels that would meet take lines of their own, those that would not share one", () => {
  expect(
    place([
      ["Demand halves", 20],
      ["Energy", 25],
      ["Token", 80],
    ]).map(({ row }) => row),
  ).toEqual([0, 1, 0])
})

test("a label stays inside the frame, cut where it is longer than the frame", () => {
  for (const { text, x } of place([
    ["A shock near the end", 95],
    ["x".repeat(200), 0],
  ])) {
    expect(x).toBeGreaterThanOrEqual(40)
    expect(x + textWidth(text)).toBeLessThanOrEqual(300)
  }
})
