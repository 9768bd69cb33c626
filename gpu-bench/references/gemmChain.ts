import { int8, stream, word } from "../input.ts"
import { parameter, type Reference } from "./reference.ts"

/** The next step's input from this step's output: bits 8 to 15 as a signed byte, so that it wraps and never saturates. */
export const requant = (sum: number): number => (sum << 16) >> 24

/**
 * C = A B_k in int32, B_{k+1} = requant(C), `steps` times from a random B_0; the output is the last C. A is stored by rows, B by columns.
 * Columns do not mix, so one column of the last C is `steps` products of A with a vector.
 */
export const gemmChain: Reference = {
  length: (size) => parameter(size, "n") ** 2,
  at: ({ seed }, size, indices) => {
    const [n, steps] = [parameter(size, "n"), parameter(size, "steps")]
    const [a, b] = [stream(seed, 0), stream(seed, 1)]
    const matrix = Int8Array.from({ length: n * n }, (_, index) => int8(word(a, index)))
    const columns = new Map<number, Int32Array>()
    const column = (j: number): Int32Array => {
      let current = Int8Array.from({ length: n }, (_, k) => int8(word(b, j * n + k)))
      let product = new Int32Array(n)
      for (let step = 0; step < steps; step++) {
        product = multiply(matrix, current)
        current = Int8Array.from(product, requant)
      }
      columns.set(j, product)
      return product
    }
    return Float64Array.from(indices, (index) => (columns.get(index % n) ?? column(index % n))[Math.floor(index / n)]!)
  },
  sample: (size, draw) => {
    const n = parameter(size, "n")
    const columns = [draw(n), draw(n)]
    return Uint32Array.from({ length: 2 * n }, (_, index) => (index >> 1) * n + columns[index & 1]!)
  },
}

const multiply = (matrix: Int8Array, vector: Int8Array): Int32Array<ArrayBuffer> => {
  const n = vector.length
  return Int32Array.from({ length: n }, (_, row) => {
    let sum = 0
    for (let k = 0, at = row * n; k < n; k++, at++) sum += matrix[at]! * vector[k]!
    return sum
  })
}
