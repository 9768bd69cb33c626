import { expect, test } from "vitest"
import { stream } from "../rng.ts"
import { meanInterval } from "./mean.ts"
import { seedsNeeded } from "./seedsNeeded.ts"

/** Exactly noncentral t needs 34 pairs for an effect of half a spread at 80 %, 10 for one of a whole spread (G*Power, Faul et al. 2007). */
test.each([
  [0.5, 34],
  [1, 10],
])("an effect of %f spreads needs %i seeds", (effect, seeds) => {
  // Two values a spread of 1 apart: variance 1.
  const pilot = [-Math.SQRT1_2, Math.SQRT1_2]
  expect(Math.abs(seedsNeeded(pilot, { effect }).seeds - seeds)).toBeLessThanOrEqual(1)
})

test("with so many seeds the interval excludes 0 in 80 % of cases", () => {
  const rng = stream("seeds", "needed")
  const { seeds } = seedsNeeded([-Math.SQRT1_2, Math.SQRT1_2], { effect: 0.6 })
  let seen = 0
  for (let i = 0; i < 2000; i++) if (meanInterval(Array.from({ length: seeds }, () => 0.6 + rng.normal())).low > 0) seen++
  expect(seen / 2000).toBeGreaterThan(0.77)
  expect(seen / 2000).toBeLessThan(0.84)
})

test("a small pilot is not believed, no effect is never seen, one seed says nothing", () => {
  const { seeds, seedsSafe } = seedsNeeded([1, 2, 0, 3, 1.5])
  expect(seedsSafe).toBeGreaterThan(1.5 * seeds)
  expect(seedsNeeded([-1, 1])).toEqual({ seeds: Infinity, seedsSafe: Infinity })
  expect(seedsNeeded([2, 2, 2])).toEqual({ seeds: 2, seedsSafe: 2 })
  expect(seedsNeeded([1])).toEqual({ seeds: NaN, seedsSafe: NaN })
})
