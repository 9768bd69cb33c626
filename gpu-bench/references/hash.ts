import { mix, stream, word } from "../input.ts"
import { each, parameter, type Reference } from "./reference.ts"

/** `rounds` times h = mix(h xor index), from the word of stream 0; nine integer operations a round. */
export const hash: Reference = {
  length: (size) => parameter(size, "n"),
  at: ({ seed }, size, indices) => {
    const [key, rounds] = [stream(seed, 0), parameter(size, "rounds")]
    return each((index) => {
      let h = word(key, index)
      for (let round = 0; round < rounds; round++) h = mix(h ^ index)
      return h
    }, indices)
  },
}
