import { Effect } from "effect"
import { clamp } from "../../sim/maths.ts"
import { dot, inverse, type Matrix, transposed } from "./matrix.ts"

/** A point of the unit cube. */
export type Point = ReadonlyArray<number>

export interface Problem<E> {
  readonly dimension: number
  /** The residuals at each of some points. Residuals that are not numbers make a point worse than any other. */
  readonly residuals: (points: ReadonlyArray<Point>) => Effect.Effect<ReadonlyArray<ReadonlyArray<number>>, E>
  /** Points spread over the cube, of which the best begin a local search. */
  readonly points: number
  readonly starts: number
  readonly iterations: number
  readonly onStep?: (step: string, point: Point, distance: number) => void
}

export interface Solution {
  readonly point: Point
  readonly residuals: ReadonlyArray<number>
  /** Residuals by coordinates, at the solution. */
  readonly jacobian: Matrix
}

/** Differences are taken over this much of a coordinate at first, and over half of it after each failure: a simulator has noise on small steps. */
const radiusFirst = 0.16
const radiusLast = 0.02
/** For the slopes at the solution, which intervals are made of. */
const radiusFinal = 0.08
/** A step that gains less than this share of the distance is a failure. */
const gainMin = 0.02
const dampingsMax = 4

/**
 * The point of the unit cube with the least sum of squared residuals: a scan of low-discrepancy points, then from the best of them Levenberg
 * and Marquardt's method on finite differences, whose steps shrink as the search closes in. Deterministic: equal residuals give equal steps.
 */
export const leastSquares = <E>(problem: Problem<E>): Effect.Effect<Solution, E> =>
  Effect.gen(function* () {
    const scan = Array.from({ length: problem.points }, (_, index) => haltonPoint(index + 1, problem.dimension))
    const scanned = yield* reachedAt(problem, scan)
    let best: Reached | undefined
    for (const begin of scanned.toSorted(byDistance).slice(0, problem.starts)) {
      problem.onStep?.("begin", begin.point, distance(begin.residuals))
      const found = yield* descend(problem, begin)
      if (best === undefined || byDistance(found, best) < 0) best = found
    }
    return { ...best!, jacobian: yield* centralJacobian(problem, best!.point) }
  })

type Reached = Omit<Solution, "jacobian">

const reachedAt = <E>(problem: Problem<E>, points: ReadonlyArray<Point>): Effect.Effect<ReadonlyArray<Reached>, E> =>
  Effect.map(problem.residuals(points), (all) => all.map((residuals, index) => ({ point: points[index]!, residuals })))

export const distance = (residuals: ReadonlyArray<number>): number => {
  const sum = dot(residuals, residuals)
  return Number.isFinite(sum) ? sum : Infinity
}

const byDistance = (a: Reached, b: Reached): number => {
  const [distanceA, distanceB] = [distance(a.residuals), distance(b.residuals)]
  return distanceA === distanceB ? 0 : distanceA - distanceB
}

const descend = <E>(problem: Problem<E>, begin: Reached): Effect.Effect<Reached, E> =>
  Effect.gen(function* () {
    let here = begin
    let radius = radiusFirst
    let damping = 0.1
    for (let iteration = 1; iteration <= problem.iterations && radius >= radiusLast; iteration++) {
      const moves = here.point.map((place) => (place + radius <= 1 ? radius : -radius))
      const beside = yield* reachedAt(
        problem,
        moves.map((move, coordinate) => moved(here.point, coordinate, move)),
      )
      const jacobian = here.residuals.map((value, row) =>
        beside.map(({ residuals }, coordinate) => (residuals[row]! - value) / moves[coordinate]!),
      )
      let best = beside.toSorted(byDistance)[0]!
      for (let attempt = 0; attempt < dampingsMax; attempt++) {
        const next = proposal(here, jacobian, damping)
        if (next === undefined) break
        const [reached] = yield* reachedAt(problem, [next])
        if (byDistance(reached!, best) < 0) best = reached!
        if (distance(reached!.residuals) < distance(here.residuals)) {
          damping = Math.max(damping / 10, 1e-4)
          break
        }
        damping *= 10
      }
      if (!(distance(best.residuals) < distance(here.residuals) * (1 - gainMin))) radius /= 2
      if (byDistance(best, here) < 0) here = best
      problem.onStep?.(`step ${iteration}`, here.point, distance(here.residuals))
    }
    return here
  })

const moved = (point: Point, coordinate: number, move: number): Point =>
  point.map((place, index) => (index === coordinate ? clamp(place + move, 0, 1) : place))

const centralJacobian = <E>(problem: Problem<E>, point: Point): Effect.Effect<Matrix, E> =>
  Effect.gen(function* () {
    const sides = point.map((_, coordinate) => [moved(point, coordinate, -radiusFinal), moved(point, coordinate, radiusFinal)] as const)
    const reached = yield* problem.residuals(sides.flat())
    const slopes = sides.map(([from, to], coordinate) => {
      const width = to[coordinate]! - from[coordinate]!
      return reached[2 * coordinate]!.map((value, row) => (reached[2 * coordinate + 1]![row]! - value) / width)
    })
    return transposed(slopes)
  })

/** Where the damped normal equations lead; coordinates at the edge of the cube that would leave it stay. */
const proposal = ({ point, residuals }: Reached, jacobian: Matrix, damping: number): Point | undefined => {
  const columns = transposed(jacobian)
  const slopes = columns.map((column) => dot(column, residuals))
  const free = point.map((place, index) => !((place <= 0 && slopes[index]! > 0) || (place >= 1 && slopes[index]! < 0)))
  const places = free.flatMap((isFree, index) => (isFree ? [index] : []))
  const normal = places.map((a) => places.map((b) => dot(columns[a]!, columns[b]!) * (a === b ? 1 + damping : 1)))
  const inverted = inverse(normal)
  if (inverted === undefined) return undefined
  const step = inverted.map(
    (row) =>
      -dot(
        row,
        places.map((index) => slopes[index]!),
      ),
  )
  return point.map((place, index) => (free[index] ? clamp(place + step[places.indexOf(index)]!, 0, 1) : place))
}

const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]

/** The radical inverse of a number in one base a coordinate (Halton 1960). */
const haltonPoint = (number: number, dimension: number): Point =>
  Array.from({ length: dimension }, (_, coordinate) => {
    const base = primes[coordinate % primes.length]!
    let [place, weight] = [0, 1 / base]
    for (let rest = number; rest > 0; rest = Math.floor(rest / base)) {
      place += (rest % base) * weight
      weight /= base
    }
    return place
  })
