import { Schema } from "effect"
import { mix } from "./input.ts"
import type { Kernel, KernelSize } from "./kernel.ts"
import { referenceOf } from "./references/index.ts"

/** What every word of an output is before a kernel runs: a NaN, and no sum of int8 products. */
export const poison = 0x7fc0_dead

/** Elements of a large output that are compared, where its reference has no cheaper choice. */
const sampleCount = 256

/** How an output stands to the reference. */
export const Check = Schema.Struct({
  /** Elements compared, and of how many. */
  compared: Schema.Int,
  length: Schema.Int,
  /** ||out - ref|| / ||ref||; null where it is no number. */
  relativeError: Schema.NullOr(Schema.Finite),
  /** The largest |out - ref| over the root mean square of ref. */
  worstElement: Schema.NullOr(Schema.Finite),
  isRight: Schema.Boolean,
})
export type Check = typeof Check.Type

/** The indices at which an output of a size is compared, the same in every runner and at every time. */
export const sampleOf = (kernel: Kernel, size: KernelSize): Uint32Array => {
  const { length, sample } = referenceOf(kernel)
  let drawn = 0
  const draw = (below: number) => mix(kernel.seed + ++drawn) % below
  if (sample !== undefined) return sample(size, draw)
  const count = length(size)
  return Uint32Array.from({ length: Math.min(sampleCount, count) }, () => draw(count))
}

/** All indices of an output. */
export const allOf = (kernel: Kernel, size: KernelSize): Uint32Array =>
  Uint32Array.from({ length: referenceOf(kernel).length(size) }, (_, i) => i)

/** Compares the words of an output at `indices` with the reference. */
export const check = (kernel: Kernel, size: KernelSize, indices: Uint32Array, words: Uint32Array): Check =>
  compare(kernel, referenceOf(kernel).length(size), referenceOf(kernel).at(kernel, size, indices), words)

/** The same with a reference that is known already. */
export const compare = (kernel: Kernel, length: number, expected: Float64Array, words: Uint32Array): Check => {
  if (words.length !== expected.length) throw new Error(`${kernel.id}: ${words.length} words came where ${expected.length} were asked for`)
  const found = valuesOf(kernel, words)
  let [error, norm, worst, isExact] = [0, 0, 0, true]
  for (let index = 0; index < found.length; index++) {
    const difference = found[index]! - expected[index]!
    if (difference !== 0) isExact = false
    error += difference * difference
    norm += expected[index]! * expected[index]!
    // A NaN stays: it is larger than nothing, and Math.max keeps it.
    worst = Math.max(worst, Math.abs(difference))
  }
  const relativeError = Math.sqrt(error / norm)
  const worstElement = worst / Math.sqrt(norm / found.length)
  const isNear = relativeError <= kernel.tolerance && worstElement <= kernel.elementTolerance
  return {
    compared: found.length,
    length,
    relativeError: Number.isFinite(relativeError) ? relativeError : null,
    worstElement: Number.isFinite(worstElement) ? worstElement : null,
    isRight: kernel.tolerance === 0 ? isExact : isNear,
  }
}

/** The words as the numbers that they stand for. */
const valuesOf = ({ output }: Kernel, words: Uint32Array): Uint32Array | Int32Array | Float32Array => {
  switch (output) {
    case "u32":
      return words
    case "i32":
      return new Int32Array(words.buffer, words.byteOffset, words.length)
    case "f32":
      return new Float32Array(words.buffer, words.byteOffset, words.length)
  }
}

/** Words that an output of exact integers must have, for its digest. */
export const wordsOf = (values: Float64Array): Uint32Array => Uint32Array.from(values, (value) => value >>> 0)

/**
 * Sixteen hexadecimal digits of an output: two sums over all words of a mix of the word and its place. The mix is a bijection of the word,
 * so one changed word always changes both sums. Against accidents, not against forgers.
 */
export const digestOf = (words: Uint32Array): string => {
  let [low, high] = [0, 0]
  for (let index = 0; index < words.length; index++) {
    const place = mix(index)
    low = (low + mix(words[index]! ^ place)) >>> 0
    high = (high + mix((words[index]! + place) >>> 0)) >>> 0
  }
  return [high, low].map((half) => half.toString(16).padStart(8, "0")).join("")
}
