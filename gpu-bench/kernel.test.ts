import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { amountOf, demandOf, figureOf, Kernel, kernelOf, kernels } from "./kernel.ts"
import { datasheetOf, datasheets } from "./datasheet.ts"
import { roofline } from "./roofline.ts"
import { referenceOf } from "./references/index.ts"

describe("the specification", () => {
  test("names each kernel once, with parameters that are the same in every size", () => {
    expect(new Set(kernels.map(({ id }) => id)).size).toBe(kernels.length)
    for (const { sizes } of kernels)
      expect([sizes.quick, sizes.full].map((size) => Object.keys(size))).toEqual([Object.keys(sizes.ci), Object.keys(sizes.ci)])
  })

  test.each(kernels)("$id: its formulas read its parameters only, and grow with the size", (kernel) => {
    const [ci, quick, full] = [kernel.sizes.ci, kernel.sizes.quick, kernel.sizes.full].map((size) => demandOf(kernel, size))
    expect(ci!.work).toBeGreaterThan(0)
    expect(quick!.work).toBeGreaterThan(ci!.work)
    expect(full!.work).toBeGreaterThanOrEqual(quick!.work)
    expect(referenceOf(kernel).length(kernel.sizes.ci)).toBeGreaterThan(0)
  })

  test("what is wrong in it is refused", () => {
    const right = { ...kernelOf("triad") }
    const decode = Schema.decodeUnknownSync(Kernel)
    expect(decode(right)).toEqual(right)
    for (const wrong of [{ tolerance: -1 }, { element: "f64" }, { sizes: { ...right.sizes, ci: { n: 0 } } }, { seed: 2 ** 32 }])
      expect(() => decode({ ...right, ...wrong })).toThrow(/Expected/)
    expect(() => amountOf("2 * m", { n: 4 })).toThrow("m is not known here")
  })

  test("inputs and outputs that memory bounds are beyond four times the caches of the cards of today, in the full size", () => {
    const { bytes } = demandOf(kernelOf("triad"), kernelOf("triad").sizes.full)
    for (const { l2Mib } of datasheets) expect(bytes).toBeGreaterThan(4 * l2Mib * 2 ** 20)
  })
})

test("the floor of a matrix product of 8192 on an H100 is 1.11 ms of arithmetic; that of a triad is memory", () => {
  const gemm = kernelOf("gemmBf16")
  const h100 = datasheetOf("NVIDIA H100 80GB HBM3")!
  const floor = (2 * 8192 ** 3) / 989e12
  const { bound, fraction } = roofline(gemm, h100, demandOf(gemm, gemm.sizes.quick), 2 * floor)!
  expect([bound, fraction]).toEqual(["compute", expect.closeTo(0.5, 12)])
  const triad = kernelOf("triad")
  const half = roofline(triad, h100, demandOf(triad, { n: 1e9 }), 24 / 3350)!
  expect([half.bound, half.fraction]).toEqual(["memory", expect.closeTo(0.5, 12)])
  expect(roofline(kernelOf("launch"), h100, { flop: 0, bytes: 0 }, 1)).toBeUndefined()
})

test("a device is known by its driver's name, and the nearest name counts", () => {
  expect(datasheetOf("NVIDIA H100 PCIe")?.memoryGbPerSecond).toBe(2000)
  expect(datasheetOf("NVIDIA GeForce RTX 4090 Laptop GPU")?.memoryGbPerSecond).toBe(576)
  expect(datasheetOf("SwiftShader Device")).toBeUndefined()
})

test("a datasheet agrees with itself: fp32 by cores and clock, int8 as twice bf16, or four times where GeForce halves sums in fp32", () => {
  for (const { id, sms, boostGhz, fp32Tflops, bf16Tflops, int8Tops } of datasheets) {
    const coresPerSm = id.startsWith("a100") ? 64 : 128
    // Datasheets round to whole TFLOP/s.
    expect([id, Math.abs((2 * sms * coresPerSm * boostGhz) / 1e3 / fp32Tflops - 1) < 0.01]).toEqual([id, true])
    expect([id, int8Tops / bf16Tflops]).toEqual([id, expect.closeTo(id.startsWith("rtx") ? 4 : 2, 1)])
  }
})

test("figures have the units that they name", () => {
  expect(figureOf(kernelOf("launch"), 1000, 0.004)).toBeCloseTo(4)
  expect(figureOf(kernelOf("triad"), 12e9, 0.004)).toBeCloseTo(3000)
  expect(figureOf(kernelOf("gemmF32"), 1e12, 0.02)).toBeCloseTo(50)
})
