import { describe, expect, test } from "vitest"
import { bf16, int8, mix, stream, unit, word } from "../input.ts"
import { allOf } from "../check.ts"
import { kernelOf, type KernelSize } from "../kernel.ts"
import { requant } from "./gemmChain.ts"
import { referenceOf } from "./index.ts"

const whole = (id: string, size: KernelSize): Float64Array => {
  const kernel = kernelOf(id)
  return referenceOf(kernel).at(kernel, size, allOf(kernel, size))
}
const inputs = (id: string, number: number, length: number, element: (word: number) => number) => {
  const key = stream(kernelOf(id).seed, number)
  return Array.from({ length }, (_, index) => element(word(key, index)))
}

describe("inputs", () => {
  test("the hash is MurmurHash3's finaliser", () => {
    // Values of fmix32 that its other implementations give.
    expect([0, 1, 2, 0xffff_ffff].map(mix)).toEqual([0, 0x514e28b7, 0x30f4c306, 0x81f16f39])
  })

  test("are spread evenly, and one stream is not another's shift", () => {
    const [a, b] = [0, 1].map((number) => inputs("triad", number, 10_000, unit))
    for (const values of [a!, b!]) {
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 10_000)).toBeLessThan(0.02)
      expect(values.reduce((sum, value) => sum + value * value, 0) / 10_000).toBeCloseTo(1 / 3, 1)
      expect(values.every((value) => value >= -1 && value < 1)).toBe(true)
    }
    expect(Math.abs(a!.reduce((sum, value, index) => sum + value * b![index]!, 0) / 10_000)).toBeLessThan(0.02)
  })

  test("bf16 keeps eight significant bits, int8 all bytes", () => {
    for (const value of inputs("gemmBf16", 0, 100, bf16))
      expect(Number.isInteger(value / 2 ** (Math.floor(Math.log2(Math.abs(value))) - 7))).toBe(true)
    expect([0, 127, 128, 255, 0x1ff].map(int8)).toEqual([0, 127, -128, -1, -1])
  })
})

describe("a reference against another way to the same number", () => {
  test("launch counts launches", () => expect([...whole("launch", { launches: 7 })]).toEqual([7]))

  test("triad", () => {
    const [b, c] = [0, 1].map((number) => inputs("triad", number, 100, unit))
    expect([...whole("triad", { n: 100 })]).toEqual(b!.map((value, index) => value + Math.fround(0.4) * c![index]!))
  })

  test.each([
    ["gemmF32", unit],
    ["gemmBf16", bf16],
    ["gemmInt8", int8],
  ] as const)("%s: C r = A (B r) for a vector r", (id, element) => {
    const n = 16
    const [a, b] = [0, 1].map((number) => inputs(id, number, n * n, element)) as [Array<number>, Array<number>]
    const c = whole(id, { n })
    const r = Array.from({ length: n }, (_, k) => 3 * k - 7)
    const sum = (of: (k: number) => number) => r.reduce((total, _, k) => total + of(k), 0)
    const br = r.map((_, k) => sum((j) => b[j * n + k]! * r[j]!))
    for (let i = 0; i < n; i++)
      expect(sum((j) => c[i * n + j]! * r[j]!)).toBeCloseTo(
        sum((k) => a[i * n + k]! * br[k]!),
        9,
      )
  })

  test("gemmChain: whole products in big integers, with a byte cut out by division", () => {
    const [n, steps] = [8, 4]
    const a = inputs("gemmChain", 0, n * n, int8).map(BigInt)
    let b = inputs("gemmChain", 1, n * n, int8).map(BigInt)
    let c: Array<bigint> = []
    for (let step = 0; step < steps; step++) {
      c = a.map((_, at) => a.slice(0, n).reduce((sum, _, k) => sum + a[Math.floor(at / n) * n + k]! * b[(at % n) * n + k]!, 0n))
      // C by rows becomes B by columns.
      b = c.map((_, at) =>
        BigInt.asIntN(8, (c[(at % n) * n + Math.floor(at / n)]! - BigInt.asUintN(8, c[(at % n) * n + Math.floor(at / n)]!)) / 256n),
      )
    }
    expect([...whole("gemmChain", { n, steps })]).toEqual(c.map(Number))
    expect([0, 255, 256, 32_768, -1, -256, 65_536].map(requant)).toEqual([0, 0, 1, -128, -1, -1, 0])
  })

  test("decode: products by rows, and attention over one key is its value", () => {
    const size = { rows: 3, cols: 5, batch: 2, heads: 2, context: 1 }
    const out = whole("decode", size)
    const [w, x] = [inputs("decode", 0, 15, bf16), inputs("decode", 1, 10, unit)]
    for (let b = 0; b < 2; b++)
      for (let row = 0; row < 3; row++)
        expect(out[b * 3 + row]).toBeCloseTo(
          [0, 1, 2, 3, 4].reduce((sum, k) => sum + w[row * 5 + k]! * x[b * 5 + k]!, 0),
          12,
        )
    expect([...out.slice(6)]).toEqual(inputs("decode", 4, 4 * 128, bf16))
  })

  test("attention: the first row sees its own value, the second the logistic mean of two", () => {
    const out = whole("attention", { heads: 2, seq: 2 })
    const [q, k, v] = [0, 1, 2].map((number) => inputs("attention", number, 2 * 2 * 128, bf16)) as [
      Array<number>,
      Array<number>,
      Array<number>,
    ]
    for (const head of [0, 1]) {
      const row = (values: Array<number>, at: number) => values.slice((2 * head + at) * 128, (2 * head + at + 1) * 128)
      const dot = (a: Array<number>, b: Array<number>) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)
      expect([...out.slice(2 * head * 128, (2 * head + 1) * 128)]).toEqual(row(v, 0))
      const second = 1 / (1 + Math.exp((dot(row(q, 1), row(k, 0)) - dot(row(q, 1), row(k, 1))) / Math.sqrt(128)))
      for (const d of [0, 63, 127])
        expect(out[(2 * head + 1) * 128 + d]).toBeCloseTo((1 - second) * row(v, 0)[d]! + second * row(v, 1)[d]!, 12)
    }
  })

  test("fma: a power of its matrix in closed form", () => {
    const rounds = 100
    const input = inputs("fma", 0, 5, unit)
    const expected = input.map((x) =>
      Array.from({ length: 8 }, (_, p) => (p + 1) / 16).reduce((sum, h) => {
        // M has determinant 1 and trace 2 cos(t), so M^n = (sin(n t) M - sin((n - 1) t) I) / sin(t); M = (1, -h; h, 1 - h^2).
        const t = Math.acos(1 - (h * h) / 2)
        const [s, less] = [Math.sin(rounds * t) / Math.sin(t), Math.sin((rounds - 1) * t) / Math.sin(t)]
        return sum + (s - less) * x - s * h + s * h * x + s * (1 - h * h) - less
      }, 0),
    )
    whole("fma", { n: 5, rounds }).forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 9))
  })

  test("stencil: faces stay; inside, half the point and a twelfth of each neighbour", () => {
    const n = 4
    const u = inputs("stencil", 0, n ** 3, unit)
    const at = (x: number, y: number, z: number) => u[(z * n + y) * n + x]!
    const out = whole("stencil", { n })
    expect(out[0]).toBe(u[0])
    expect(out[n * n + n + 3]).toBe(at(3, 1, 1))
    const around = at(0, 1, 2) + at(2, 1, 2) + at(1, 0, 2) + at(1, 2, 2) + at(1, 1, 1) + at(1, 1, 3)
    expect(out[(2 * n + 1) * n + 1]).toBeCloseTo(at(1, 1, 2) / 2 + around / 12, 7)
  })

  test("nbody: two bodies by hand, and no net force among many", () => {
    const [x0, y0, z0, m0, x1, y1, z1, m1] = inputs("nbody", 0, 8, unit) as [number, number, number, number, number, number, number, number]
    const squared = (x1 - x0) ** 2 + (y1 - y0) ** 2 + (z1 - z0) ** 2 + 1 / 64
    const two = whole("nbody", { n: 2 })
    expect(two[0]).toBeCloseTo(((m1 / 2 + 0.5) * (x1 - x0)) / squared ** 1.5, 12)
    expect(two[3]).toBeCloseTo((m1 / 2 + 0.5) / Math.sqrt(squared) + 8 * (m0 / 2 + 0.5), 12)
    const many = whole("nbody", { n: 50 })
    const masses = inputs("nbody", 0, 200, unit)
      .filter((_, at) => at % 4 === 3)
      .map((value) => value / 2 + 0.5)
    for (const axis of [0, 1, 2]) expect(masses.reduce((sum, mass, body) => sum + mass * many[4 * body + axis]!, 0)).toBeCloseTo(0, 9)
  })

  test("pathTracer: the sky by the angle alone, the ground darker than the sky, and no pixel brighter than the zenith", () => {
    const [width, height] = [16, 16]
    const image = whole("pathTracer", { width, height, samples: 32 })
    const pixel = (x: number, y: number) => image.slice(4 * (y * width + x), 4 * (y * width + x) + 4)
    const corner = pixel(0, 0)
    // The ray through the middle of the pixel; its neighbours within the pixel differ by little.
    const [x, y] = [-7.5 / 16, 7.5 / 16]
    expect(corner[0]).toBeCloseTo(1 + (0.5 * y) / Math.sqrt(x * x + y * y + 1), 1)
    expect([corner[0], corner[3]]).toEqual([corner[2], 1])
    const ground = pixel(8, 15)
    expect(ground[0]).toBeGreaterThan(0.1)
    expect(ground[0]).toBeLessThan(0.75)
    expect(image.every((value) => value >= 0 && value <= 1.5)).toBe(true)
  })

  test("hash: the finaliser, round by round", () => {
    const [first, second] = inputs("hash", 0, 2, (word) => word)
    expect([...whole("hash", { n: 2, rounds: 2 })]).toEqual([mix(mix(first!)), mix(mix(second! ^ 1) ^ 1)])
  })
})
