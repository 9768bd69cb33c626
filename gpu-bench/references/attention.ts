import { bf16, stream, word } from "../input.ts"
import { each, parameter, type Reference } from "./reference.ts"
import { headDim, softmaxSum } from "./softmaxSum.ts"

/** Row i of a head: softmax(q_i K / sqrt(128)) V over rows 0 to i; Q, K, V are streams 0, 1, 2, laid out head, row, 128. */
export const attention: Reference = {
  length: (size) => parameter(size, "heads") * parameter(size, "seq") * headDim,
  at: ({ seed }, size, indices) => {
    const seq = parameter(size, "seq")
    const [q, keys, values] = [stream(seed, 0), stream(seed, 1), stream(seed, 2)]
    const attended = new Map<number, Float64Array>()
    const attend = (row: number): Float64Array => {
      const query = Float64Array.from({ length: headDim }, (_, d) => bf16(word(q, row * headDim + d)))
      const found = softmaxSum(query, keys, values, Math.floor(row / seq) * seq, (row % seq) + 1)
      attended.set(row, found)
      return found
    }
    return each((index) => {
      const row = Math.floor(index / headDim)
      return (attended.get(row) ?? attend(row))[index % headDim]!
    }, indices)
  },
  sample: (size, draw) => {
    const rows = Array.from({ length: 8 }, () => draw(parameter(size, "heads") * parameter(size, "seq")))
    return Uint32Array.from({ length: 8 * headDim }, (_, k) => rows[Math.floor(k / headDim)]! * headDim + (k % headDim))
  },
}
