import { describe, expect, test } from "vitest"
import { stream } from "../rng.ts"
import { morrisDesign } from "../sampling/morrisDesign.ts"
import type { Block, Point } from "../sampling/point.ts"
import { saltelliDesign } from "../sampling/saltelliDesign.ts"
import { morris } from "./morris.ts"
import { seedNoiseShare } from "./seedNoise.ts"
import { sobolIndices } from "./sobolIndices.ts"

const evaluated = (design: ReadonlyArray<Block>, response: (point: Point, seed: number) => number, seeds = 1) =>
  design.map((block) => block.map((point) => Array.from({ length: seeds }, (_, seed) => response(point, seed))))

/** x + 2 y + 3 x y, z without effect: variances 1/12 of (1 + 3/2)^2 and (2 + 3/2)^2, and 9/144 together. */
const response = ([x, y]: Point) => x! + 2 * y! + 3 * x! * y!
const variances = { x: 2.5 ** 2 / 12, y: 3.5 ** 2 / 12, xy: 9 / 144 }
const variance = variances.x + variances.y + variances.xy

describe("designs", () => {
  test("a trajectory moves every coordinate once, by half the grid", () => {
    for (const block of morrisDesign(5, 12, 4, "s")) {
      const moves = block.slice(1).map((point, i) => point.map((value, k) => value - block[i]![k]!))
      expect(moves.map((move) => move.filter((by) => by !== 0).length)).toEqual([1, 1, 1, 1, 1])
      for (const by of moves.flat().filter((size) => size !== 0)) expect(Math.abs(by)).toBeCloseTo(2 / 3)
      expect(new Set(moves.map((move) => move.findIndex((by) => by !== 0))).size).toBe(5)
    }
    expect(() => morrisDesign(2, 4, 3, "s")).toThrow("even")
  })

  test("every level of every coordinate begins equally many trajectories", () => {
    const starts = morrisDesign(3, 20, 4, "s").map((block) => block[0]!)
    for (const coordinate of [0, 1, 2])
      for (const level of [0, 1, 2, 3]) expect(starts.filter((start) => Math.round(start[coordinate]! * 3) === level)).toHaveLength(5)
  })

  test("a row of Saltelli takes one coordinate from the other sample", () => {
    for (const [a, b, ...mixed] of saltelliDesign(2, 8, true))
      expect(mixed).toEqual([
        [b![0], a![1]],
        [a![0], b![1]],
        [a![0], b![1]],
        [b![0], a![1]],
      ])
  })
})

describe("Sobol indices", () => {
  test("are the closed form, second order too, and exactly 0 for a coordinate without effect", () => {
    const { first, total, second } = sobolIndices(3, evaluated(saltelliDesign(3, 1024, true), response))
    expect(first[0]!.value).toBeCloseTo(variances.x / variance, 2)
    expect(first[1]!.value).toBeCloseTo(variances.y / variance, 2)
    expect(total[0]!.value).toBeCloseTo((variances.x + variances.xy) / variance, 2)
    expect(second!.find(({ coordinates: [i, j] }) => i === 0 && j === 1)!.index.value).toBeCloseTo(variances.xy / variance, 2)
    expect([first[2], total[2]]).toEqual([
      { value: 0, low: 0, high: 0 },
      { value: 0, low: 0, high: 0 },
    ])
  })

  test("do not grow with the noise of seeds, which is told apart", () => {
    const design = saltelliDesign(2, 1024)
    const noise = stream("noise")
    const found = sobolIndices(
      2,
      evaluated(design, (point) => response(point) + Math.sqrt(variance) * noise.normal(), 4),
    )
    expect(found.total[0]!.value).toBeCloseTo((variances.x + variances.xy) / variance, 1)
    expect(found.noiseShare.value).toBeCloseTo(0.5, 1)
    expect(found.noiseShare.low).toBeLessThan(0.5)
    expect(found.noiseShare.high).toBeGreaterThan(0.5)
  })

  test("leave out a row with a failed run, and are not numbers where nothing varies", () => {
    const design = saltelliDesign(2, 64)
    const holed = evaluated(design, response).map((points, row) => (row === 3 ? points.with(2, [NaN]) : points))
    expect(sobolIndices(2, holed).rows).toBe(63)
    expect(
      sobolIndices(
        2,
        evaluated(design, () => 7),
      ).total[0]!.value,
    ).toBeNaN()
  })

  // 95 % intervals of 100 independent small samples (shifted designs): a bootstrap over few rows is allowed to be a little short.
  test("lie in their intervals about as often as said", () => {
    let covered = 0
    for (let repetition = 0; repetition < 100; repetition++) {
      const rng = stream("coverage", String(repetition))
      const rows = Array.from({ length: 64 }, () => {
        const [a, b] = [0, 1].map((): Point => [rng.uniform(), rng.uniform()]) as [Point, Point]
        return [a, b, [b[0]!, a[1]!], [a[0]!, b[1]!]]
      })
      const { low, high } = sobolIndices(2, evaluated(rows, response)).total[0]!
      if (low <= (variances.x + variances.xy) / variance && high >= (variances.x + variances.xy) / variance) covered++
    }
    expect(covered).toBeGreaterThanOrEqual(86)
    expect(covered).toBeLessThanOrEqual(99)
  })
})

describe("Morris", () => {
  test("a line has its slope as every effect, on any scale of seeds that shift all points alike", () => {
    const design = morrisDesign(2, 10, 4, "s")
    const { effects, trajectories } = morris(
      design,
      evaluated(design, ([x, y], seed) => 3 * x! - 5 * y! + 1_000 * seed, 4),
    )
    expect(trajectories).toBe(10)
    expect(effects[0]!.mu.value).toBeCloseTo(3, 9)
    expect(effects[1]!.mu.value).toBeCloseTo(-5, 9)
    expect(effects[1]!.muStar.value).toBeCloseTo(5, 9)
    expect(effects[0]!.sigma.value).toBeCloseTo(0, 6)
  })

  test("a coordinate without effect has exactly 0 at any noise of seeds that the points share", () => {
    const design = morrisDesign(2, 10, 4, "s")
    const { effects } = morris(
      design,
      evaluated(design, ([x], seed) => x! * stream("s", String(seed)).normal(), 3),
    )
    expect(effects[1]!.muStar).toEqual({ value: 0, low: 0, high: 0 })
  })

  test("a trajectory with a failed run is left out", () => {
    const design = morrisDesign(2, 10, 4, "s")
    const outputs = evaluated(design, response).map((points, i) => (i === 2 ? points.with(0, [NaN]) : points))
    expect(morris(design, outputs).trajectories).toBe(9)
  })
})

describe("share of seed noise", () => {
  const shareOf = (...points: ReadonlyArray<ReadonlyArray<number>>) => seedNoiseShare(points.map((point) => [point]))(points.map(() => 1))

  test("is unknown with one seed, 0 without noise, and counts a shift that seeds share", () => {
    expect(shareOf([1], [2])).toBeNaN()
    expect(shareOf([1, 1], [2, 2])).toBe(0)
    // Points 1 and 2, seeds -1 and +1: variances 1/2 between and 2 within.
    expect(shareOf([0, 2], [1, 3])).toBeCloseTo(2 / 2.5)
  })
})
