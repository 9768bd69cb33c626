import { stream } from "../rng.ts"
import { permutation } from "./permutation.ts"

/**
 * A Latin hypercube of `count` points in [0, 1)^dimensions: along every dimension each of `count` equal slices holds exactly one point, at a
 * random place in it (McKay, Beckman and Conover 1979). Each dimension draws from its own stream, so a further dimension moves no other.
 */
export const latinHypercube = (dimensions: number, count: number, seed: string): ReadonlyArray<ReadonlyArray<number>> => {
  const columns = Array.from({ length: dimensions }, (_, dimension) => {
    const rng = stream(seed, "latinHypercube", String(dimension))
    return permutation(count, rng).map((slice) => (slice + rng.uniform()) / count)
  })
  return Array.from({ length: count }, (_, point) => columns.map((column) => column[point]!))
}
