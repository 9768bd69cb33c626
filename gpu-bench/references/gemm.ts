import { elementOf, stream, word } from "../input.ts"
import type { Kernel, KernelSize } from "../kernel.ts"
import { parameter, type Reference } from "./reference.ts"

/** C[i][j] = sum over k of A[i][k] B[k][j]; both inputs have k as their inner index: A by rows, B by columns. */
export const gemm: Reference = {
  length: (size) => parameter(size, "n") ** 2,
  at: ({ element, seed }: Kernel, size: KernelSize, indices) => {
    const n = parameter(size, "n")
    const rows = lines(stream(seed, 0), n, elementOf[element])
    const columns = lines(stream(seed, 1), n, elementOf[element])
    return Float64Array.from(indices, (index) => dot(rows(Math.floor(index / n)), columns(index % n)))
  },
}

/** Lines of a square input, each made once. */
const lines = (key: number, n: number, element: (word: number) => number) => {
  const made = new Map<number, Float64Array>()
  return (line: number): Float64Array => {
    const found = made.get(line) ?? Float64Array.from({ length: n }, (_, k) => element(word(key, line * n + k)))
    made.set(line, found)
    return found
  }
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}
