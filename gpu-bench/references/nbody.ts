import { stream, unit, word } from "../input.ts"
import { parameter, type Reference } from "./reference.ts"

const softening = 0.015625

/**
 * Gravity at each of n bodies: sum of m d / (d^2 + 1/64)^1.5 over all, and the sum of m / (d^2 + 1/64)^0.5 as a fourth number. Positions
 * are words 4 i to 4 i + 2 of stream 0 in [-1, 1), the mass is half of word 4 i + 3 plus a half.
 */
export const nbody: Reference = {
  length: (size) => 4 * parameter(size, "n"),
  at: ({ seed }, size, indices) => {
    const [key, n] = [stream(seed, 0), parameter(size, "n")]
    const bodies = Float64Array.from({ length: 4 * n }, (_, at) => {
      const value = unit(word(key, at))
      return at % 4 === 3 ? 0.5 * value + 0.5 : value
    })
    const felt = new Map<number, ReadonlyArray<number>>()
    return Float64Array.from(indices, (index) => {
      const body = index >> 2
      const found = felt.get(body) ?? pull(bodies, body)
      felt.set(body, found)
      return found[index & 3]!
    })
  },
}

const pull = (bodies: Float64Array, i: number): ReadonlyArray<number> => {
  let [x, y, z, potential] = [0, 0, 0, 0]
  for (let j = 0; j < bodies.length; j += 4) {
    const [dx, dy, dz] = [bodies[j]! - bodies[4 * i]!, bodies[j + 1]! - bodies[4 * i + 1]!, bodies[j + 2]! - bodies[4 * i + 2]!]
    const inverse = 1 / Math.sqrt(dx * dx + dy * dy + dz * dz + softening)
    const pull = bodies[j + 3]! * inverse * inverse * inverse
    x += pull * dx
    y += pull * dy
    z += pull * dz
    potential += bodies[j + 3]! * inverse
  }
  return [x, y, z, potential]
}
