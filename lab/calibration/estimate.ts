import { clamp } from "../../sim/maths.ts"
import { mean } from "../../sim/stats/mean.ts"
import { studentTQuantile } from "../../sim/stats/studentT.ts"
import { dot, inverse, type Matrix, times, transposed } from "./matrix.ts"
import type { Parameter } from "./parameter.ts"
import { valueOf } from "./parameter.ts"
import type { Point } from "./leastSquares.ts"

/** A parameter's value and its 95 % interval, which never leaves the bounds. */
export interface Estimate {
  readonly path: string
  readonly estimate: number
  readonly low: number
  readonly high: number
  /** Where the interval ends because a bound does; both ends there mean that the data say nothing. */
  readonly atLowerBound: boolean
  readonly atUpperBound: boolean
}

export interface EstimateInput {
  readonly parameters: ReadonlyArray<Parameter>
  readonly point: Point
  /** Of the weighted residuals, by places between the bounds. */
  readonly jacobian: Matrix
  /** The weighted moments of each final run: how they differ from run to run is how a history differs from its law. */
  readonly moments: ReadonlyArray<ReadonlyArray<number>>
  /** Runs behind each simulated moment of the fit. */
  readonly seeds: number
}

/**
 * Intervals of the method of simulated moments (McFadden 1989; Duffie and Singleton 1993): V = (1 + 1/S) A C A', A = (J'J)^-1 J', where the
 * residuals carry the weights and C is the covariance of the moments of one run as long as the training, over the final runs at the estimate.
 * Student's t with one degree less than there are such runs. Undefined where J'J has no inverse.
 */
export const estimates = ({ parameters, point, jacobian, moments, seeds }: EstimateInput): ReadonlyArray<Estimate> | undefined => {
  const columns = transposed(jacobian)
  const inverted = inverse(columns.map((a) => columns.map((b) => dot(a, b))))
  if (inverted === undefined) return undefined
  const a = times(inverted, columns)
  const variance = times(times(a, covariance(moments)), transposed(a))
  const t = studentTQuantile(0.975, moments.length - 1)
  return parameters.map((parameter, index) => {
    const half = t * Math.sqrt(variance[index]![index]! * (1 + 1 / seeds))
    const [low, high] = [point[index]! - half, point[index]! + half]
    return {
      path: parameter.path,
      estimate: valueOf(parameter, point[index]!),
      low: valueOf(parameter, clamp(low, 0, 1)),
      high: valueOf(parameter, clamp(high, 0, 1)),
      atLowerBound: low <= 0,
      atUpperBound: high >= 1,
    }
  })
}

export const covariance = (rows: ReadonlyArray<ReadonlyArray<number>>): Matrix => {
  const columns = transposed(rows)
  const centred = columns.map((column) => {
    const centre = mean(column)
    return column.map((value) => value - centre)
  })
  return centred.map((a) => centred.map((b) => dot(a, b) / (rows.length - 1)))
}

/** The two columns that point most nearly the same way, with the cosine between them. */
export const mostAlike = (jacobian: Matrix): { readonly a: number; readonly b: number; readonly cosine: number } => {
  const columns = transposed(jacobian)
  let found = { a: 0, b: 0, cosine: 0 }
  columns.forEach((one, a) =>
    columns.slice(a + 1).forEach((other, offset) => {
      const cosine = Math.abs(dot(one, other)) / Math.sqrt(dot(one, one) * dot(other, other))
      if (cosine > found.cosine) found = { a, b: a + 1 + offset, cosine }
    }),
  )
  return found
}
