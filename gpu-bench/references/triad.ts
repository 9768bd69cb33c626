import { stream, unit, word } from "../input.ts"
import { each, parameter, type Reference } from "./reference.ts"

const scale = Math.fround(0.4)

/** a[i] = b[i] + 0.4 c[i]: the triad of STREAM (John McCalpin). */
export const triad: Reference = {
  length: (size) => parameter(size, "n"),
  at: ({ seed }, _, indices) => {
    const [b, c] = [stream(seed, 0), stream(seed, 1)]
    return each((index) => unit(word(b, index)) + scale * unit(word(c, index)), indices)
  },
}
