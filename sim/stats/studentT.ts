import { atan } from "../maths.ts"
import { normalQuantile } from "./normal.ts"

/** P(T <= t) of Student's t with whole degrees of freedom, by the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4. */
export const studentTCdf = (t: number, degreesOfFreedom: number): number => {
  checkDegrees(degreesOfFreedom)
  return t < 0 ? (1 - within(-t, degreesOfFreedom)) / 2 : (1 + within(t, degreesOfFreedom)) / 2
}

/**
 * The t with P(T <= t) = p, for 0 < p < 1 and whole degrees of freedom: the inverse of `studentTCdf` by bisection; from 1000 degrees on the
 * expansion in 1 / df (Abramowitz and Stegun 26.7.5), whose next term is below 1e-13 there.
 */
export const studentTQuantile = (p: number, degreesOfFreedom: number): number => {
  if (!(p > 0 && p < 1)) throw new Error(`invalid probability: ${p}`)
  checkDegrees(degreesOfFreedom)
  if (p < 0.5) return -studentTQuantile(1 - p, degreesOfFreedom)
  if (degreesOfFreedom >= 1000) return expansion(normalQuantile(p), degreesOfFreedom)
  const central = 2 * p - 1
  let [low, high] = [0, 1]
  while (within(high, degreesOfFreedom) < central) [low, high] = [high, 2 * high]
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (within(middle, degreesOfFreedom) < central) low = middle
    else high = middle
  }
}

/** P(-t <= T <= t). */
const within = (t: number, degreesOfFreedom: number): number => {
  if (t === Infinity) return 1
  const isOdd = degreesOfFreedom % 2 === 1
  const tangent = t / Math.sqrt(degreesOfFreedom)
  const cosine = 1 / Math.sqrt(1 + tangent * tangent)
  let term = isOdd ? cosine : 1
  let sum = degreesOfFreedom === 1 ? 0 : term
  for (let k = isOdd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine
    sum += term
  }
  return isOdd ? (2 / Math.PI) * (atan(tangent) + tangent * cosine * sum) : tangent * cosine * sum
}

const expansion = (z: number, degreesOfFreedom: number): number => {
  const z2 = z * z
  const g1 = ((z2 + 1) * z) / 4
  const g2 = (((5 * z2 + 16) * z2 + 3) * z) / 96
  const g3 = ((((3 * z2 + 19) * z2 + 17) * z2 - 15) * z) / 384
  const g4 = (((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z) / 92160
  return z + (g1 + (g2 + (g3 + g4 / degreesOfFreedom) / degreesOfFreedom) / degreesOfFreedom) / degreesOfFreedom
}

const checkDegrees = (degreesOfFreedom: number): void => {
  if (!(Number.isInteger(degreesOfFreedom) && degreesOfFreedom > 0)) throw new Error(`invalid degrees of freedom: ${degreesOfFreedom}`)
}
