import { describe, expect, test } from "vitest"
import { stream } from "../rng.ts"
import type { Point } from "./point.ts"
import { evolutionStrategy, populationOf } from "./evolutionStrategy.ts"

type Score = (point: Point) => number

const found = (dimensions: number, evaluations: number, score: Score, seed = "1", judge: Score = score): number => {
  const strategy = evolutionStrategy(dimensions, seed)
  let best = { told: Infinity, judged: Infinity }
  for (let spent = 0; spent + populationOf(dimensions) <= evaluations; spent += populationOf(dimensions)) {
    const points = strategy.ask()
    const scores = points.map(score)
    scores.forEach((told, i) => (best = told < best.told ? { told, judged: judge(points[i]!) } : best))
    strategy.tell(scores)
  }
  return best.judged
}

/** The rival: as many points, drawn at random. */
const random = (dimensions: number, evaluations: number, score: Score, seed = "1"): number => {
  const rng = stream(seed, "random")
  return Math.min(...Array.from({ length: evaluations }, () => score(Array.from({ length: dimensions }, rng.uniform))))
}

const sphere: Score = (point) => point.reduce((sum, x) => sum + (x - 0.7) ** 2, 0)
/** Rosenbrock's valley over [-2, 2]^d; least at 1, ..., 1. */
const rosenbrock: Score = (point) => {
  const x = point.map((u) => 4 * u - 2)
  return x.slice(1).reduce((sum, next, i) => sum + 100 * (next - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2, 0)
}

describe("evolution strategy", () => {
  test("finds the least point of a sphere and of Rosenbrock's curved valley", () => {
    expect(found(5, 1_600, sphere)).toBeLessThan(1e-9)
    expect(found(4, 8_000, rosenbrock)).toBeLessThan(1e-6)
  })

  test("finds a least point on the cube's edge", () =>
    expect(found(3, 700, (point) => point.reduce((sum, x) => sum + x, 0))).toBeLessThan(1e-3))

  test("beats as many random points on nine of ten seeds at least, and is near the least one where scores are noisy", () => {
    let wins = 0
    for (let seed = 1; seed <= 10; seed++) {
      if (found(4, 400, sphere, String(seed)) < random(4, 400, sphere, String(seed))) wins++
      const noise = stream(String(seed), "noise")
      const noisy: Score = (point) => sphere(point) + 0.01 * noise.normal()
      expect(found(4, 200, noisy, String(seed), sphere)).toBeLessThan(0.08)
    }
    expect(wins).toBeGreaterThanOrEqual(9)
  })

  test("is not misled by scores that are no numbers, and repeats itself", () => {
    const holed: Score = (point) => (point[0]! < 0.5 ? NaN : sphere(point))
    expect(found(2, 400, holed)).toBeLessThan(1e-4)
    const points = () => {
      const strategy = evolutionStrategy(3, "s")
      return [0, 1, 2].map(() => {
        const asked = strategy.ask()
        strategy.tell(asked.map(sphere))
        return asked
      })
    }
    expect(points()).toEqual(points())
  })
})
