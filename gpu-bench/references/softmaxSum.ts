import { bf16, word } from "../input.ts"

/** The width of a head of attention, the same for every size. */
export const headDim = 128

/** One row of attention: softmax(q K / sqrt(128)) V over the first `length` rows from `first`, in float64; 128 numbers. */
export const softmaxSum = (q: Float64Array, keys: number, values: number, first: number, length: number): Float64Array => {
  const scores = Float64Array.from({ length }, (_, row) => {
    let score = 0
    for (let d = 0; d < headDim; d++) score += q[d]! * bf16(word(keys, (first + row) * headDim + d))
    return score / Math.sqrt(headDim)
  })
  const most = scores.reduce((a, b) => Math.max(a, b))
  const weights = scores.map((score) => Math.exp(score - most))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Float64Array.from({ length: headDim }, (_, d) => {
    let sum = 0
    for (let row = 0; row < length; row++) sum += weights[row]! * bf16(word(values, (first + row) * headDim + d))
    return sum / total
  })
}
