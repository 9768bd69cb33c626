import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { latinHypercube } from "./latinHypercube.ts"
import { sobolDimensionsMax, sobolSequence } from "./sobolSequence.ts"

describe("Sobol sequence", () => {
  test("the first points are those of SciPy 1.17.1, qmc.Sobol(4, scramble=False)", () => {
    expect(sobolSequence(4, 8)).toEqual([
      [0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25],
      [0.25, 0.75, 0.75, 0.75],
      [0.375, 0.375, 0.625, 0.875],
      [0.875, 0.875, 0.125, 0.375],
      [0.625, 0.125, 0.875, 0.625],
      [0.125, 0.625, 0.375, 0.125],
    ])
  })

  test("and so are later points in many dimensions", () => {
    const point = sobolSequence(64, 1024)[777]!
    expect([5, 17, 40, 63].map((dimension) => point[dimension])).toEqual([0.3564453125, 0.8642578125, 0.7216796875, 0.4267578125])
  })

  test("in every dimension, each of 256 slices holds exactly one of the first 256 points", () => {
    const points = sobolSequence(sobolDimensionsMax, 256)
    for (let dimension = 0; dimension < sobolDimensionsMax; dimension++)
      expect(new Set(points.map((point) => Math.floor(point[dimension]! * 256))).size).toBe(256)
  })

  test("more dimensions than are known are refused", () => expect(() => sobolSequence(65, 1)).toThrow("at most 64"))
})

describe("Latin hypercube", () => {
  test("along every dimension each slice holds exactly one point", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 50 }), fc.string(), (dimensions, count, seed) => {
        const points = latinHypercube(dimensions, count, seed)
        for (let dimension = 0; dimension < dimensions; dimension++)
          expect(points.map((point) => Math.floor(point[dimension]! * count)).toSorted((a, b) => a - b)).toEqual(
            Array.from({ length: count }, (_, slice) => slice),
          )
      }),
    ))

  test("equal seeds give equal points, and a further dimension moves no other", () => {
    const two = latinHypercube(2, 9, "a")
    expect(latinHypercube(2, 9, "a")).toEqual(two)
    expect(latinHypercube(2, 9, "b")).not.toEqual(two)
    expect(latinHypercube(3, 9, "a").map((point) => point.slice(0, 2))).toEqual(two)
  })
})
