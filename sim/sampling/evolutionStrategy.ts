import { clamp, exp, ln } from "../maths.ts"
import { stream } from "../rng.ts"
import type { Point } from "./point.ts"

/** An optimiser that is asked for points and told how good they are, so that whoever evaluates them decides how, where and how many at once. */
export interface EvolutionStrategy {
  /** The next generation, in the unit cube. */
  readonly ask: () => ReadonlyArray<Point>
  /** The scores of these points, in their order; small is good. One that is not a number is worse than all others. */
  readonly tell: (scores: ReadonlyArray<number>) => void
}

/** A standard deviation of 0.3 around the middle of the cube reaches nearly all of it. */
const stepFirst = 0.3

/**
 * The matrix-adaptation form of CMA-ES (Beyer and Sendhoff 2017, Simplify your covariance matrix adaptation evolution strategy), with the
 * parameters of Hansen's tutorial (2016): it learns which directions matter from ranks alone, so neither units nor monotone changes of the score
 * matter. Points outside of the cube are mirrored into it. Equal seeds and scores give equal points.
 */
export const evolutionStrategy = (dimensions: number, seed: string, population = populationOf(dimensions)): EvolutionStrategy => {
  const parents = Math.floor(population / 2)
  const raw = Array.from({ length: parents }, (_, rank) => ln((population + 1) / 2) - ln(rank + 1))
  const rawSum = sum(raw)
  const weights = raw.map((weight) => weight / rawSum)
  const effective = 1 / sum(weights.map((weight) => weight * weight))
  const pathRate = (effective + 2) / (dimensions + effective + 5)
  const rankOneRate = 2 / ((dimensions + 1.3) * (dimensions + 1.3) + effective)
  const rankMuRate = Math.min(1 - rankOneRate, (2 * (effective - 2 + 1 / effective)) / ((dimensions + 2) * (dimensions + 2) + effective))
  const damping = 1 + pathRate + 2 * Math.max(0, Math.sqrt((effective - 1) / (dimensions + 1)) - 1)
  const normalLength = Math.sqrt(dimensions) * (1 - 1 / (4 * dimensions) + 1 / (21 * dimensions * dimensions))

  const rng = stream(seed, "evolutionStrategy")
  let centre: Point = Array.from({ length: dimensions }, () => 0.5)
  let step = stepFirst
  let path: Point = centre.map(() => 0)
  let matrix = centre.map((_, row) => centre.map((_, column): number => (row === column ? 1 : 0)))
  let drawn: ReadonlyArray<Point> = []

  const moved = (z: Point): Point => matrix.map((row) => sum(row.map((value, column) => value * z[column]!)))
  return {
    ask: () => {
      drawn = Array.from({ length: population }, () => centre.map(() => rng.normal()))
      return drawn.map((z) => moved(z).map((direction, i) => mirrored(centre[i]! + step * direction)))
    },
    tell: (scores) => {
      const cost = (index: number) => (Number.isNaN(scores[index]!) ? Infinity : scores[index]!)
      const best = drawn
        .map((z, index) => ({ z, index }))
        .toSorted((a, b) => (cost(a.index) === cost(b.index) ? a.index - b.index : cost(a.index) - cost(b.index)))
        .slice(0, parents)
        .map(({ z }) => z)
      const mean = centre.map((_, i) => sum(best.map((z, rank) => weights[rank]! * z[i]!)))
      centre = moved(mean).map((direction, i) => mirrored(centre[i]! + step * direction))
      path = path.map((value, i) => (1 - pathRate) * value + Math.sqrt(effective * pathRate * (2 - pathRate)) * mean[i]!)
      const change = centre.map((_, row) =>
        centre.map((_, column) => {
          const unit: number = row === column ? 1 : 0
          const selected = sum(best.map((z, rank) => weights[rank]! * z[row]! * z[column]!))
          return unit + (rankOneRate / 2) * (path[row]! * path[column]! - unit) + (rankMuRate / 2) * (selected - unit)
        }),
      )
      matrix = matrix.map((row) => centre.map((_, column) => sum(row.map((value, k) => value * change[k]![column]!))))
      step = clamp(step * exp((pathRate / damping) * (Math.sqrt(sum(path.map((value) => value * value))) / normalLength - 1)), 1e-9, 1)
    },
  }
}

/** Hansen's default. */
export const populationOf = (dimensions: number): number => 4 + Math.floor(3 * ln(dimensions))

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)

/** Back into 0 to 1, as often as it takes. */
const mirrored = (value: number): number => {
  const turn = Math.abs(value) % 2
  return turn <= 1 ? turn : 2 - turn
}
