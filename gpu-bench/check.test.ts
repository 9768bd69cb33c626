import { describe, expect, test } from "vitest"
import { allOf, check, compare, digestOf, poison, sampleOf, wordsOf } from "./check.ts"
import { mix } from "./input.ts"
import { kernelOf, kernels } from "./kernel.ts"
import { referenceOf } from "./references/index.ts"
import { median, percentile } from "./statistics.ts"

const words = (id: string, values: Float64Array): Uint32Array =>
  kernelOf(id).output === "f32" ? new Uint32Array(Float32Array.from(values).buffer) : wordsOf(values)

describe.each(kernels)("$id", (kernel) => {
  const size = kernel.sizes.ci
  const expected = referenceOf(kernel).at(kernel, size, allOf(kernel, size))
  const right = words(kernel.id, expected)
  const compared = (changed: Uint32Array) => compare(kernel, right.length, expected, changed).isRight

  test("the reference passes its own check, and its sample is a part of the whole", () => {
    expect(compared(right)).toBe(true)
    const places = sampleOf(kernel, size)
    expect(places.length).toBeGreaterThan(0)
    expect(places.every((place) => place < right.length)).toBe(true)
    expect(
      check(
        kernel,
        size,
        places,
        Uint32Array.from(places, (place) => right[place]!),
      ).isRight,
    ).toBe(true)
  })

  test("one flipped bit in any output is caught", () => {
    const places = Array.from({ length: Math.min(8, right.length) }, (_, draw) => mix(draw + 1) % right.length)
    const digest = digestOf(right)
    for (const place of places)
      for (let bit = 0; bit < 32; bit++) {
        const changed = right.slice()
        changed[place]! ^= 2 ** bit
        // Of the whole output of two runs, every bit; against the reference, every bit of an integer.
        expect(digestOf(changed)).not.toBe(digest)
        if (kernel.tolerance === 0) expect(compared(changed)).toBe(false)
      }
  })

  const floats = kernel.output === "f32" ? test : undefined
  floats?.("of a float, the sign and the highest bit of the exponent are caught by the reference alone", () => {
    const rms = Math.sqrt(expected.reduce((sum, value) => sum + value * value, 0) / expected.length)
    const place = expected.findIndex((value) => Math.abs(value) > 0.6 * rms)
    for (const bit of [30, 31]) {
      const changed = right.slice()
      changed[place]! ^= 2 ** bit
      expect(compared(changed)).toBe(false)
    }
  })

  test("an output that was not written, or not a number, is wrong", () => {
    expect(compared(new Uint32Array(right.length).fill(poison))).toBe(false)
    const one = right.slice()
    one[one.length - 1] = poison
    expect(compared(one)).toBe(false)
  })
})

test("percentiles lie between samples in proportion", () => {
  expect([0, 0.25, 0.5, 1].map((share) => percentile([4, 1, 3, 2], share))).toEqual([1, 1.75, 2.5, 4])
  expect(median([5])).toBe(5)
  expect(() => median([])).toThrow("no samples")
})
