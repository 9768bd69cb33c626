import { directionNumbers } from "./directionNumbers.ts"

/** The most dimensions for which direction numbers are shipped. */
export const sobolDimensionsMax = directionNumbers.length + 1

const bits = 32

/**
 * The first `count` points of the Sobol sequence in [0, 1)^dimensions, the origin included: without it, powers of two points would not be
 * balanced (Owen 2020, On dropping the first Sobol' point). Gray-code order (Antonov and Saleev 1979), direction numbers of Joe and Kuo 2008.
 * A defect beyond 64 dimensions or 2^32 points.
 */
export const sobolSequence = (dimensions: number, count: number): ReadonlyArray<ReadonlyArray<number>> => {
  if (dimensions > sobolDimensionsMax)
    throw new Error(`a Sobol sequence of ${dimensions} dimensions: at most ${sobolDimensionsMax} are known`)
  const directions = Array.from({ length: dimensions }, (_, dimension) => directionsOf(dimension))
  const state = new Uint32Array(dimensions)
  return Array.from({ length: count }, (_, index) => {
    if (index > 0) {
      const flipped = lowestZeroBit(index - 1)
      directions.forEach((direction, dimension) => (state[dimension]! ^= direction[flipped]!))
    }
    return Array.from(state, (digits) => digits / 4294967296)
  })
}

/** Direction numbers of one dimension as binary fractions of 32 bits: v_k = m_k / 2^k, with Sobol's recurrence for m. */
const directionsOf = (dimension: number): Uint32Array => {
  const v = new Uint32Array(bits)
  if (dimension === 0) return v.map((_, k) => 1 << (bits - 1 - k))
  const [polynomial, initial] = directionNumbers[dimension - 1]!
  const degree = initial.length
  initial.forEach((m, k) => (v[k] = m << (bits - 1 - k)))
  for (let k = degree; k < bits; k++) {
    v[k] = v[k - degree]! ^ (v[k - degree]! >>> degree)
    for (let i = 1; i < degree; i++) if ((polynomial >>> (degree - i)) & 1) v[k]! ^= v[k - i]!
  }
  return v
}

const lowestZeroBit = (n: number): number => 31 - Math.clz32(~n & (n + 1))
