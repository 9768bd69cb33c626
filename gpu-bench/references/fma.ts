import { stream, unit, word } from "../input.ts"
import { each, parameter, type Reference } from "./reference.ts"

const pairs = 8

/**
 * Eight rotations side by side, each a pair of multiply-adds: x -= h y, y += h x with h = (p + 1) / 16, from x = input and y = 1. The map
 * keeps area, so numbers neither grow nor vanish and the output depends on the input and on every round. The output is the sum.
 */
export const fma: Reference = {
  length: (size) => parameter(size, "n"),
  at: ({ seed }, size, indices) => {
    const [input, rounds] = [stream(seed, 0), parameter(size, "rounds")]
    return each((index) => {
      let sum = 0
      for (let p = 0; p < pairs; p++) {
        const h = (p + 1) / 16
        let [x, y] = [unit(word(input, index)), 1]
        for (let round = 0; round < rounds; round++) {
          x -= h * y
          y += h * x
        }
        sum += x + y
      }
      return sum
    }, indices)
  },
}
