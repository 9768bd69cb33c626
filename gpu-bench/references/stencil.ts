import { stream, unit, word } from "../input.ts"
import { each, parameter, type Reference } from "./reference.ts"

/** out = u / 2 + (the six neighbours) / 12 inside a cube of n^3 points, u on its faces; x is the inner index. */
export const stencil: Reference = {
  length: (size) => parameter(size, "n") ** 3,
  at: ({ seed }, size, indices) => {
    const [key, n] = [stream(seed, 0), parameter(size, "n")]
    const u = (index: number) => unit(word(key, index))
    const twelfth = Math.fround(1 / 12)
    return each((index) => {
      const [x, y, z] = [index % n, Math.floor(index / n) % n, Math.floor(index / n / n)]
      if ([x, y, z].some((place) => place === 0 || place === n - 1)) return u(index)
      const around = [1, n, n * n].reduce((sum, step) => sum + u(index - step) + u(index + step), 0)
      return u(index) / 2 + twelfth * around
    }, indices)
  },
}
