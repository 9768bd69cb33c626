import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import axe from "axe-core"
import { chromium } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { kernels } from "../../gpu-bench/kernel.ts"
import { writeRuns } from "./runs.fixture.ts"

const executablePath = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
)
const isSkipped = executablePath === undefined && process.env["CI"] !== "true"
if (isSkipped) test.skip("the provider's page: no Chromium here, install it or set CHROMIUM_PATH")

let folder: string
let file: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "depinlab-earn-"))
  file = join(folder, "earn.html")
  writeRuns(folder)
  execFileSync(process.execPath, ["dist/lab.js", "earn", folder, "--out", file], { stdio: ["ignore", "ignore", "inherit"] })
})
afterAll(() => rmSync(folder, { recursive: true }))

test("the page holds the data as text, and its policy lets nothing out", () => {
  const html = readFileSync(file, "utf8")
  expect(html).toContain("default-src 'none'")
  expect(html).toContain('"gpu":"rtx-4090"')
  expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="(?!data:)/)
})

describe.skipIf(isSkipped)("the finished page in Chromium on SwiftShader", () => {
  test("every kernel is right, the device is named as software, and no revenue is told", { timeout: 600_000 }, async () => {
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: ["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
    })
    try {
      const page = await browser.newPage({ offline: true })
      const complaints: Array<string> = []
      const requests: Array<string> = []
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
      page.on("pageerror", ({ message }) => complaints.push(message))
      page.on("request", (request) => requests.push(request.url()))
      await page.goto(pathToFileURL(file).href)
      await page.getByRole("button", { name: "Measure my card" }).click()
      await page.locator("#none").waitFor({ timeout: 540_000 })

      const run = kernels.filter(({ runners }) => runners.wgsl === "yes").map(({ id }) => id)
      const lines = page.locator("tr[data-kernel]")
      expect(await lines.evaluateAll((all) => all.map((line) => [line.dataset["kernel"], line.dataset["right"]]))).toEqual(
        run.map((id) => [id, "true"]),
      )
      expect(await page.locator("progress").evaluate(({ value, max }: HTMLProgressElement) => value === max)).toBe(true)
      expect(await page.locator("#device").textContent()).toMatch(/swiftshader is a software device/i)
      expect(await page.locator("#none").textContent()).toContain("there is nothing that it would earn")
      expect(await page.locator("#estimate").count()).toBe(0)
      expect(await page.locator("body").innerText()).not.toMatch(/USD/)
      expect(complaints).toEqual([])
      expect(requests.filter((request) => !request.startsWith("file:") && !request.startsWith("data:"))).toEqual([])

      await page.evaluate(axe.source)
      const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run())
      expect(violations.map(({ id }) => id)).toEqual([])
    } finally {
      await browser.close()
    }
  })

  test("a browser without WebGPU is told so", async () => {
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: ["--no-sandbox", "--disable-features=WebGPU"],
    })
    try {
      const page = await browser.newPage({ offline: true })
      await page.goto(pathToFileURL(file).href)
      await page.getByRole("button").click()
      await page.getByText("Nothing was measured:").waitFor()
      expect(await page.locator("#estimate, #none").count()).toBe(0)
    } finally {
      await browser.close()
    }
  })
})
