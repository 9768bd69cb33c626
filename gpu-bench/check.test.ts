import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { allOf, check, compare, digestOf, poison, sampleOf, wordsOf } from "./check.ts"
import { mix } from "./input.ts"
import { kernelOf, kernels } from "./kernel.ts"
import { referenceOf } from "./references/index.ts"
import { rightness } from "./result.ts"
import { median, percentile } from "./statistics.ts"

const words = (id: string, values: Float64Array): Uint32Array =>
  kernelOf(id).output === "f32" ? new Uint32Array(Float32Array.from(values).buffer) : wordsOf(values)

/** By kernel, the lowest bit of the last column of the documentation's table of kernels: `0 to 31`. */
const documented = new Map(
  [...readFileSync("docs/gpu-bench.md", "utf8").matchAll(/^\| `(\w+)` \|.*\| (\d+) to 31 \|$/gm)].map(([, id, bit]) => [id!, Number(bit)]),
)

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

  const flipped = (place: number, bit: number): Uint32Array => {
    const changed = right.slice()
    changed[place]! ^= 2 ** bit
    return changed
  }
  const bits = Array.from({ length: 32 }, (_, bit) => bit)

  test("a bit of any element that flips while the kernel is timed makes the result wrong", () => {
    const [whole, digestBefore] = [compare(kernel, right.length, expected, right), digestOf(right)]
    const result = { smallCheck: whole, digestBefore, digestAfter: digestBefore }
    expect(rightness({ ...result, check: whole })).toBe(true)
    // The element need not be among those that are compared: the digest alone has to tell.
    const places = Array.from({ length: Math.min(8, right.length) }, (_, draw) => mix(draw + 1) % right.length)
    for (const place of places)
      for (const bit of bits) expect(rightness({ ...result, check: whole, digestAfter: digestOf(flipped(place, bit)) })).toBe(false)
  })

  test("a bit that is always flipped is caught by the reference from the bit on that the documentation tells", () => {
    const rms = Math.sqrt(expected.reduce((sum, value) => sum + value * value, 0) / expected.length)
    const magnitude = (place: number) => Math.abs(expected[place]!)
    // Of all that are no smaller than the root mean square, the smallest change least by a bit.
    const hardest = [...expected.keys()]
      .filter((place) => magnitude(place) >= rms)
      .toSorted((a, b) => magnitude(a) - magnitude(b))
      .slice(0, 8)
    const isCaught = bits.map((bit) => hardest.every((place) => !compared(flipped(place, bit))))
    expect(hardest.length).toBeGreaterThan(0)
    expect(documented.get(kernel.id)).toBe(isCaught.lastIndexOf(false) + 1)
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
