import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { allOf, digestOf, wordsOf } from "../check.ts"
import { kernelOf, kernels } from "../kernel.ts"
import { referenceOf } from "../references/index.ts"
import { buildCuda, findGxx, findNvcc } from "./buildCuda.ts"
import { askCuda, CudaUnavailable } from "./runCuda.ts"

const sources = import.meta.dirname
const ids = kernels.filter(({ runners }) => runners.cuda === "yes").map(({ id }) => id)

if (findGxx() === undefined) test.skip("the CUDA kernels' answers: no g++ here, apt-get install g++")

describe.skipIf(findGxx() === undefined)("the CUDA kernels, run by the processor", { timeout: 300_000 }, () => {
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "depinlab-host-"))
    await buildCuda(sources, ids, "host", folder)
  }, 600_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(kernels)("$id is right", async (kernel) => {
    const size = kernel.sizes.ci
    const { words, check, answer } = await askCuda(folder, kernel, size, allOf(kernel, size))
    expect(check).toMatchObject({ isRight: true, compared: check.length })
    // What is caught of a flipped bit by the digest of `check.ts` is caught by the program's.
    expect(answer.digest).toBe(digestOf(words))
    if (kernel.tolerance === 0) expect(answer.digest).toBe(digestOf(wordsOf(referenceOf(kernel).at(kernel, size, allOf(kernel, size)))))
  })

  test("a longer row of attention, more splits of decoding, more tiles of a product", async () => {
    for (const [id, size] of [
      ["attention", { heads: 2, seq: 192 }],
      ["decode", { rows: 64, cols: 512, batch: 3, heads: 1, context: 768 }],
      ["gemmInt8", { n: 256 }],
    ] as const) {
      const kernel = kernelOf(id)
      expect((await askCuda(folder, kernel, size, allOf(kernel, size))).check.isRight).toBe(true)
    }
  })
})

if (findNvcc() === undefined) test.skip("compiling CUDA: no nvcc here, install the CUDA toolkit")

describe.skipIf(findNvcc() === undefined)("the CUDA kernels, compiled by nvcc", () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "depinlab-nvcc-"))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test("every one compiles for Ampere, Ada, Hopper and Blackwell, and without a device says so", { timeout: 600_000 }, async () => {
    await buildCuda(sources, ids, "every", folder)
    for (const id of ids) {
      const kernel = kernelOf(id)
      const asked = askCuda(folder, kernel, kernel.sizes.ci, allOf(kernel, kernel.sizes.ci))
      // On a machine with a card the same programs have to be right.
      await asked.then(
        ({ check }) => expect(check.isRight).toBe(true),
        (error: unknown) => expect(error).toBeInstanceOf(CudaUnavailable),
      )
    }
  })
})
