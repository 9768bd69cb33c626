import { Effect } from "effect"
import { expect, it } from "vitest"
import { leastSquares, type Point } from "./leastSquares.ts"
import { inverse, times } from "./matrix.ts"

const solve = (residuals: (point: Point) => ReadonlyArray<number>, dimension: number, points = 8) =>
  Effect.runSync(leastSquares({ dimension, residuals: (all) => Effect.succeed(all.map(residuals)), points, starts: 2, iterations: 12 }))

it("solves a linear problem and knows its slopes", () => {
  const { point, jacobian } = solve(([x = 0, y = 0]) => [3 * (x - 0.3), 2 * (y - 0.7) + (x - 0.3)], 2)
  expect(point[0]).toBeCloseTo(0.3, 6)
  expect(point[1]).toBeCloseTo(0.7, 6)
  expect(jacobian.flat().map((slope) => Number(slope.toFixed(9)))).toEqual([3, 0, 1, 2])
})

it("follows a curved valley (Rosenbrock)", () => {
  const { residuals } = solve(([x = 0, y = 0]) => [1 - 2 * x, 10 * (2 * y - 4 * x * x)], 2)
  expect(Math.max(...residuals.map(Math.abs))).toBeLessThan(0.1)
})

it("leaves the wrong valley by its scan", () => {
  const { point } = solve(([x = 0]) => [Math.sin(9 * x), 2 * (x - 0.72)], 1, 16)
  expect(point[0]).toBeCloseTo(0.7, 1)
})

it("stops at the edge when the best lies beyond it", () => {
  const { point } = solve(([x = 0, y = 0]) => [x + 0.5, y - 0.4], 2)
  expect(point[0]).toBe(0)
  expect(point[1]).toBeCloseTo(0.4, 6)
})

it("avoids points without a value", () => {
  const { point } = solve(([x = 0]) => [x < 0.45 ? NaN : x - 0.6], 1)
  expect(point[0]).toBeCloseTo(0.6, 6)
})

it("inverts what has an inverse, and says when there is none", () => {
  const a = [
    [4, 1],
    [1, 3],
  ]
  expect(
    times(a, inverse(a)!)
      .flat()
      .map((value) => Math.abs(Number(value.toFixed(12)))),
  ).toEqual([1, 0, 0, 1])
  expect(
    inverse([
      [1, 2],
      [2, 4],
    ]),
  ).toBeUndefined()
})
