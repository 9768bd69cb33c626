import { existsSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { allOf, digestOf, wordsOf } from "../check.ts"
import { elementOf, stream, word } from "../input.ts"
import { kernelOf, kernels } from "../kernel.ts"
import { referenceOf } from "../references/index.ts"
import { deviceProgram } from "./deviceProgram.ts"
import { type NodeGpu, nodeGpu } from "./nodeGpu.ts"
import { runWgsl } from "./runWgsl.ts"

const isSkipped = !existsSync("/usr/lib/chromium/vk_swiftshader_icd.json") && process.env["CI"] !== "true"
if (isSkipped) test.skip("WGSL on SwiftShader: not here, apt-get install chromium-common libvulkan1")

describe.skipIf(isSkipped)("WGSL on SwiftShader in Node", { timeout: 300_000 }, () => {
  let gpu: NodeGpu

  beforeAll(async () => {
    gpu = await nodeGpu(true)
  })
  afterAll(() => gpu.device.destroy())

  test("the device says that it is software", () => {
    expect(gpu.about).toMatchObject({ isSoftware: true })
  })

  test.each([
    ["u32", 0, 1],
    ["f32", 1, 1],
    ["bf16", 2, 2],
    ["int8", 3, 4],
  ] as const)("inputs of %s have the same bits as in TypeScript", async (element, kind, perWord) => {
    const [key, words] = [stream(1, 2), 1000]
    const program = await deviceProgram(gpu.device, { buffers: { out: { words, fill: { key, kind } } }, passes: [] })
    const found = await program.wordsAt(Uint32Array.from({ length: words }, (_, index) => index))
    const values = Array.from({ length: words * perWord }, (_, index) => elementOf[element](word(key, index)))
    const expected = {
      u32: () => Uint32Array.from(values),
      f32: () => new Uint32Array(Float32Array.from(values).buffer),
      bf16: () => new Uint32Array(Uint16Array.from(new Uint32Array(Float32Array.from(values).buffer), (bits) => bits >>> 16).buffer),
      int8: () => new Uint32Array(Int8Array.from(values).buffer),
    }[element]()
    expect(found).toEqual(expected)
    expect(await program.digest()).toBe(digestOf(expected))
    program.destroy()
  })

  test.each(kernels.filter(({ runners }) => runners.wgsl === "yes"))("$id is right, and stays so while it is timed", async (kernel) => {
    const { kernels: found, absent } = await runWgsl(gpu.device, gpu.about.name, { size: "ci", kernels: [kernel] })
    expect(absent).toEqual([])
    expect(found).toMatchObject([{ kernel: kernel.id, isRight: true, smallCheck: { isRight: true }, timer: "timestampQuery" }])
    const [{ smallDigest, digestBefore, regimes }] = found as [(typeof found)[0]]
    expect(regimes[0]!.samplesMs).toHaveLength(5)
    const size = kernel.sizes.ci
    if (kernel.tolerance === 0)
      expect([smallDigest, digestBefore]).toEqual(
        Array(2).fill(digestOf(wordsOf(referenceOf(kernel).at(kernel, size, allOf(kernel, size))))),
      )
  })

  test("what WGSL cannot have says why", async () => {
    const { kernels: found, absent } = await runWgsl(gpu.device, gpu.about.name, { size: "ci", kernels: [kernelOf("gemmBf16")] })
    expect([found, absent]).toEqual([[], [{ kernel: "gemmBf16", reason: "WGSL has no bf16 and no tensor cores" }]])
  })

  test("what does not fit the device says so", async () => {
    const triad = kernelOf("triad")
    const huge = { ...triad, sizes: { ...triad.sizes, full: { n: 2 ** 34 } } }
    const { absent } = await runWgsl(gpu.device, gpu.about.name, { size: "full", kernels: [huge] })
    expect(absent[0]!.reason).toMatch(/needs a buffer of 65536 MiB, and the device allows \d+ MiB; take a smaller size/)
  })
})
