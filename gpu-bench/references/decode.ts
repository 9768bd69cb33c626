import { bf16, stream, unit, word } from "../input.ts"
import { each, parameter, type Reference } from "./reference.ts"
import { headDim, softmaxSum } from "./softmaxSum.ts"

/**
 * What one step of decoding reads: y[b] = W x[b] with W of rows x cols in bf16 (stream 0) and x in f32 (1), then for each b and head one
 * query in f32 (2) over `context` keys (3) and values (4) in bf16, 128 wide. The output is all y, then all rows of attention.
 */
export const decode: Reference = {
  length: (size) => parameter(size, "batch") * (parameter(size, "rows") + parameter(size, "heads") * headDim),
  at: ({ seed }, size, indices) => {
    const [rows, cols, context] = [parameter(size, "rows"), parameter(size, "cols"), parameter(size, "context")]
    const outputs = parameter(size, "batch") * rows
    const [w, x, q, keys, values] = [0, 1, 2, 3, 4].map((number) => stream(seed, number)) as [number, number, number, number, number]
    const attended = new Map<number, Float64Array>()
    const attend = (row: number): Float64Array => {
      const query = Float64Array.from({ length: headDim }, (_, d) => unit(word(q, row * headDim + d)))
      const found = softmaxSum(query, keys, values, row * context, context)
      attended.set(row, found)
      return found
    }
    const product = (index: number): number => {
      const [b, row] = [Math.floor(index / rows), index % rows]
      let sum = 0
      for (let k = 0; k < cols; k++) sum += bf16(word(w, row * cols + k)) * unit(word(x, b * cols + k))
      return sum
    }
    return each((index) => {
      if (index < outputs) return product(index)
      const row = Math.floor((index - outputs) / headDim)
      return (attended.get(row) ?? attend(row))[(index - outputs) % headDim]!
    }, indices)
  },
  sample: (size, draw) => {
    const outputs = parameter(size, "batch") * parameter(size, "rows")
    const head = draw(parameter(size, "batch") * parameter(size, "heads"))
    return Uint32Array.from({ length: 2 * headDim }, (_, k) => (k < headDim ? draw(outputs) : outputs + head * headDim + k - headDim))
  },
}
