import { expect, test } from "vitest"
import { stream } from "../rng.ts"
import { meanInterval } from "./mean.ts"
import { pairedDifference } from "./pairedDifference.ts"

test("pairs by seed and ignores seeds that only one side has", () => {
  const base = new Map([
    ["a", 1],
    ["b", 2],
    ["c", 3],
    ["only base", 100],
  ])
  const variant = new Map([
    ["c", 5],
    ["b", 3],
    ["a", 2],
    ["only variant", -100],
  ])
  const difference = pairedDifference(base, variant)
  expect(difference.count).toBe(3)
  expect(difference.mean).toBeCloseTo(4 / 3, 12)
  // Differences 1, 1, 2: standard error 1 / 3, times t(2) = 4.302653.
  expect(difference.low).toBeCloseTo((4 - 4.302653) / 3, 5)
  expect(difference.high).toBeCloseTo((4 + 4.302653) / 3, 5)
})

test("shared randomness cancels: the paired interval is narrower than the variant's own", () => {
  const rng = stream("paired", "test")
  const base = new Map(Array.from({ length: 12 }, (_, i) => [`${i}`, 50 + 20 * rng.normal()]))
  const variant = new Map([...base].map(([seed, value]) => [seed, value + 1 + 0.5 * rng.normal()]))
  const paired = pairedDifference(base, variant)
  const own = meanInterval([...variant.values()])
  expect(paired.high - paired.low).toBeLessThan((own.high - own.low) / 10)
  expect(paired.low).toBeGreaterThan(0)
})

test("a no-op change differs by exactly nothing", () => {
  const runs = new Map([
    ["1", 0.1],
    ["2", 0.2],
    ["3", 0.3],
  ])
  expect(pairedDifference(runs, new Map(runs))).toEqual({ count: 3, mean: 0, low: 0, high: 0 })
})
