import { existsSync } from "node:fs"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import axe from "axe-core"
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { injectReport } from "../injectReport.ts"
import { type SweepFixtureOptions, sweepFixture } from "../sweep.fixture.ts"
import { builtTemplate } from "../template.fixture.ts"

const executablePath = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
)
const isSkipped = executablePath === undefined && process.env["CI"] !== "true"

if (isSkipped) test.skip("the page of a sweep in a browser: no Chromium here, install it or set CHROMIUM_PATH")

describe.skipIf(isSkipped)("the page of a sweep, opened as a file without a network", () => {
  let browser: Browser
  let folder: string
  let template: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "depinlab-sweep-"))
    template = await builtTemplate()
    browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox"] })
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true })
  })

  const open = async (fixture: SweepFixtureOptions, { hash = "", ...context }: BrowserContextOptions & { hash?: string } = {}) => {
    const file = join(folder, `${JSON.stringify(fixture).replace(/\W+/g, "-")}.html`)
    await writeFile(file, injectReport(template, { ...sweepFixture(fixture), runsFolder: "results" }))
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, offline: true, ...context })
    const complaints: Array<string> = []
    const requests: Array<string> = []
    page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()))
    page.on("pageerror", (error) => complaints.push(error.message))
    page.on("request", (request) => requests.push(request.url()))
    const url = pathToFileURL(file).href
    await page.goto(url + hash)
    await page.waitForFunction(() => {
      const figures = [...document.querySelectorAll(".figure")]
      return figures.length > 0 && figures.every((figure) => figure.querySelector("svg"))
    })
    return { page, complaints, requests: requests.filter((request) => !request.startsWith(url) && !request.startsWith("data:")) }
  }

  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  const seriousFaults = async (page: Page) => {
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run())
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  }

  test.each<SweepFixtureOptions>([
    { failures: 2 },
    { design: "sobol" },
    { design: "morris", hasValues: false },
    { design: "search", points: 400, seeds: 2 },
    { design: "attack", hasObjectives: false },
    { design: "cases", hostile: true, failures: 1 },
  ])("%j draws its charts, complains of nothing and asks for nothing", async (fixture) => {
    const { page, complaints, requests } = await open(fixture)
    expect(await page.locator(".chart").count()).toBeGreaterThanOrEqual(4)
    expect(await page.locator("#variants tbody tr").count()).toBeGreaterThan(3)
    const marks = await page.locator(".figure svg").evaluateAll((all) => all.map((svg) => svg.querySelectorAll("*").length))
    expect(Math.max(...marks)).toBeLessThan(5_000)
    expect(await page.evaluate(() => "hacked" in window)).toBe(false)
    expect(await page.locator("img").count()).toBe(0)
    expect(complaints).toEqual([])
    expect(requests).toEqual([])
    await page.close()
  })

  test("the answer stands first: how many variants meet what is wanted", async () => {
    const { page } = await open({ seeds: 40 })
    const words = await page.locator(".objectives .word").allTextContents()
    const { admissible } = sweepFixture({ seeds: 40 })
    expect(words[0]).toContain(`${admissible.filter(({ verdict }) => verdict === "meets").length} of 49`)
    expect(await page.locator(".objectives").textContent()).toContain("They lie within emission")
    await page.close()
  })

  test("a skewed outcome over few seeds is told beside the answer and the table, and only such a one", async () => {
    const { page } = await open({ hasIdleSeed: true })
    const cautions = await page.locator(".caution").allTextContents()
    expect(cautions).toEqual([cautions[0], cautions[0]])
    expect(cautions[0]).toContain("utilisation, mean of the run (8 seeds, 49 of 49 variants)")
    await page.close()
    const { page: calm } = await open({ seeds: 8 })
    expect(await calm.locator(".caution").count()).toBe(0)
    await calm.close()
  })

  test("another outcome is drawn in every chart, and the link restores it", async () => {
    const { page } = await open({ design: "sobol" })
    await page.getByLabel("Outcome", { exact: true }).selectOption("priceUsd.end")
    expect(await page.locator("#tornado h3").textContent()).toContain("price in the pool")
    await page.getByLabel("Across", { exact: true }).selectOption("burn")
    expect(new URL(page.url()).hash).toBe("#outcome=priceUsd.end&across=burn&up=emission")
    const { hash } = new URL(page.url())
    await page.close()
    const { page: again } = await open({ design: "sobol" }, { hash })
    expect(await again.locator("#tornado h3").textContent()).toContain("price in the pool")
    expect(await again.getByLabel("Up", { exact: true }).inputValue()).toBe("emission")
    await again.close()
  })

  test("a variant that is picked in a chart, by pointer or by key, shows its runs and their commands", async () => {
    const { page } = await open({}, { permissions: ["clipboard-read", "clipboard-write"] })
    await page.locator("#region .figure").click({ position: { x: 120, y: 120 } })
    expect(new URL(page.url()).hash).toMatch(/variant=\d+/)
    expect(await page.locator("#variant-runs .runs tbody tr").count()).toBe(8)
    // Eight seeds bound the median on both sides, and the 90th percentile on one.
    const price = page.locator("#variant-runs tr").filter({ hasText: "Price in the pool, at the end" })
    expect(await price.locator("td").nth(2).textContent()).toMatch(/ to /)
    expect(await price.locator("td").nth(3).textContent()).toMatch(/at least/)
    await page.getByRole("button", { name: "Copy the command of seed 3" }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^npm run -s lab -- replay results\/[0-9a-f]{16}$/)
    await page.getByRole("button", { name: "Clear" }).click()
    expect(await page.locator("#variant-runs tbody tr").count()).toBe(0)
    await page.locator("#against-base .figure").focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    expect(await page.locator("#variant-runs .runs tbody tr").count()).toBe(8)
    await page.close()
  })

  test("the table sorts by any column, and tells so", async () => {
    const { page } = await open({ seeds: 2 })
    const column = page.locator("#variants thead th").filter({ hasText: "Price in the pool" })
    const values = () =>
      page
        .locator("#variants .variants tbody tr")
        .evaluateAll((rows) => rows.map((row) => Number.parseFloat(row.children[row.children.length - 3]?.firstChild?.textContent ?? "")))
    await column.getByRole("button").click()
    expect(await column.getAttribute("aria-sort")).toBe("descending")
    const sorted = await values()
    expect(sorted).toEqual(sorted.toSorted((a, b) => b - a))
    await page.close()
  })

  test("tables and downloads carry the numbers", async () => {
    const { page } = await open({ seeds: 3 })
    await page.locator("#region").getByRole("button", { name: "Table" }).click()
    expect(await page.locator("#region tbody tr").count()).toBe(49)
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download CSV of runs" }).click(),
    ])
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n")
    expect(lines).toHaveLength(1 + 49 * 3)
    expect(lines[0]).toBe("Variant,Name,emission,burn,seed,run,providerProfitUsd.mean,priceUsd.end,supplyTokens.end,utilisation.mean")
    await page.close()
  })

  test.each<SweepFixtureOptions>([{ failures: 2 }, { design: "cases", hostile: true }])("%j fits a phone", async (fixture) => {
    const { page } = await open(fixture, { viewport: { width: 375, height: 800 }, hash: "#variant=1" })
    for (const button of await page.getByRole("button", { name: "Table" }).all()) await button.click()
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await page.close()
  })

  test.each(["light", "dark"] as const)("has no serious fault for assistive technology in %s", async (colorScheme) => {
    const { page } = await open({ design: "cases", failures: 1, seeds: 3 }, { colorScheme, hash: "#variant=2&tables=region+front" })
    expect(await seriousFaults(page)).toEqual([])
    await page.close()
    const { page: phone } = await open({ design: "attack", points: 6, seeds: 2 }, { colorScheme, viewport: { width: 375, height: 800 } })
    expect(await seriousFaults(phone)).toEqual([])
    await phone.close()
  })
})
