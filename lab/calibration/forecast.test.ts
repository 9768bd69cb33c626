import { expect, it } from "vitest"
import { forecast } from "./forecast.ts"

const ln = Math.log

it("measures every prediction by hand", () => {
  const { periods, errors, within90, steps } = forecast({
    series: "price",
    labels: ["a", "b", "c", "d", "e"],
    trainingCount: 2,
    data: [1, 4, 8, NaN, 2],
    runs: [
      [1, 2, 8, 1, 1],
      [1, 2, 6, 1, 1],
      [1, 1, 9, 1, 1],
    ],
  })
  expect(periods).toBe(2)
  expect(steps.map(({ period, simulated, anchored, randomWalk }) => [period, simulated, anchored, randomWalk])).toEqual([
    ["c", 8, 16, 4],
    ["e", 1, 2, 4],
  ])
  expect(errors.simulated).toBeCloseTo(ln(2) / 2, 12)
  expect(errors.anchored).toBeCloseTo(ln(2) / 2, 12)
  expect(errors.randomWalk).toBeCloseTo(ln(2), 12)
  // The geometric mean of the training is 2.
  expect(errors.trainingMean).toBeCloseTo(ln(4) / 2, 12)
  expect(within90).toBe(1)
})
