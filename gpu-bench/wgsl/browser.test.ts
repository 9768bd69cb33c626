import { existsSync } from "node:fs"
import { chromium } from "playwright-core"
import { build, type Rollup } from "vite"
import { describe, expect, test } from "vitest"
import { allOf, digestOf, wordsOf } from "../check.ts"
import { kernels } from "../kernel.ts"
import { referenceOf } from "../references/index.ts"
import type { browserRun } from "./browserRun.ts"

const executablePath = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
)
const isSkipped = executablePath === undefined && process.env["CI"] !== "true"
if (isSkipped) test.skip("WGSL in a browser: no Chromium here, install it or set CHROMIUM_PATH")

/** The runner as one script that leaves `browserRun` on the window. */
const script = async (): Promise<string> => {
  const built = (await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, target: "es2022", lib: { entry: `${import.meta.dirname}/browserRun.ts`, formats: ["iife"], name: "gpuBench" } },
  })) as ReadonlyArray<Rollup.RollupOutput>
  return built[0]!.output[0].code
}

describe.skipIf(isSkipped)("WGSL in Chromium", () => {
  test("every kernel is right, and integers have the reference's digest", { timeout: 600_000 }, async () => {
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: ["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
    })
    try {
      const page = await browser.newPage({ offline: true })
      // WebGPU wants a secure context, and a local file is one.
      await page.goto(`file://${import.meta.dirname}/triad.wgsl`)
      await page.addScriptTag({ content: await script() })
      const {
        device,
        kernels: found,
        absent,
      } = await page.evaluate(() =>
        (globalThis as unknown as { gpuBench: { browserRun: typeof browserRun } }).gpuBench.browserRun({ size: "ci" }),
      )
      expect(device.isSoftware).toBe(true)
      expect(absent.map(({ kernel }) => kernel)).toEqual(["gemmBf16"])
      expect(found.filter(({ isRight }) => !isRight)).toEqual([])
      expect(found).toHaveLength(kernels.length - 1)
      for (const kernel of kernels.filter(({ tolerance }) => tolerance === 0)) {
        const size = kernel.sizes.ci
        const exact = digestOf(wordsOf(referenceOf(kernel).at(kernel, size, allOf(kernel, size))))
        expect(found.find(({ kernel: id }) => id === kernel.id)).toMatchObject({ smallDigest: exact, digestAfter: exact })
      }
    } finally {
      await browser.close()
    }
  })
})
