import { existsSync } from "node:fs"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import axe from "axe-core"
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { injectReport } from "./injectReport.ts"
import { type FixtureOptions, reportFixture } from "./report.fixture.ts"
import { builtTemplate } from "./template.fixture.ts"

const executablePath = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
)
const isSkipped = executablePath === undefined && process.env["CI"] !== "true"

if (isSkipped) test.skip("the page in a browser: no Chromium here, install it or set CHROMIUM_PATH")

describe.skipIf(isSkipped)("the finished page, opened as a file without a network", () => {
  let browser: Browser
  let folder: string
  let template: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "depinlab-page-"))
    template = await builtTemplate()
    browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox"] })
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true })
  })

  /** A page that has finished drawing, with everything that it complained of or asked for. */
  const open = async (fixture: FixtureOptions, { hash = "", ...context }: BrowserContextOptions & { hash?: string } = {}) => {
    const file = join(folder, `${JSON.stringify(fixture).replace(/\W+/g, "-")}.html`)
    await writeFile(file, injectReport(template, reportFixture(fixture)))
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, offline: true, ...context })
    const complaints: Array<string> = []
    const requests: Array<string> = []
    page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()))
    page.on("pageerror", (error) => complaints.push(error.message))
    page.on("request", (request) => requests.push(request.url()))
    const url = pathToFileURL(file).href
    await page.goto(url + hash)
    await drawn(page)
    return { page, complaints, requests: requests.filter((request) => !request.startsWith(url) && !request.startsWith("data:")) }
  }

  const drawn = (page: Page) =>
    page.waitForFunction(() => {
      const figures = [...document.querySelectorAll(".figure")]
      return figures.length > 0 && figures.every((figure) => figure.querySelector("svg"))
    })

  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  const seriousFaults = async (page: Page) => {
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run())
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  }

  test.each<FixtureOptions>([
    {},
    { kind: "compare", seeds: 3, days: 40 },
    { seeds: 1, days: 1 },
    { hostile: true, kind: "compare", seeds: 2, days: 30 },
  ])("%j draws every chart, complains of nothing and asks for nothing", async (fixture) => {
    const { page, complaints, requests } = await open(fixture)
    expect(await page.locator(".chart .figure svg path").count()).toBeGreaterThan(10)
    expect(await page.locator(".chart").count()).toBeGreaterThan(15)
    expect(complaints).toEqual([])
    expect(requests).toEqual([])
    await page.close()
  })

  test("hostile names are text and nothing else", async () => {
    const { page, complaints } = await open({ hostile: true, kind: "compare", seeds: 2, days: 30 })
    expect(await page.locator("h1").textContent()).toContain("</script><script>window.hacked")
    expect(await page.locator("img").count()).toBe(0)
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
    expect(await page.evaluate(() => "hacked" in window)).toBe(false)
    expect(complaints).toEqual([])
    await page.close()
  })

  test("the policy stops a script that was not built in", async () => {
    const { page, complaints } = await open({ seeds: 1, days: 2 })
    await page.evaluate(() => {
      const script = document.createElement("script")
      script.textContent = "window.hacked = 1"
      document.body.append(script)
    })
    expect(await page.evaluate(() => "hacked" in window)).toBe(false)
    expect(complaints.join()).toContain("Content Security Policy")
    await page.close()
  })

  test("a template without data says so", async () => {
    const page = await browser.newPage()
    const file = join(folder, "empty.html")
    await writeFile(file, template)
    await page.goto(pathToFileURL(file).href)
    expect(await page.locator("#report").textContent()).toContain("holds no data yet")
    await page.close()
  })

  test("a table opens, its link restores it, and closes again", async () => {
    const { page } = await open({})
    const toggle = page.locator("#price").getByRole("button", { name: "Table" })
    expect(await page.locator("#price table").count()).toBe(0)
    await toggle.click()
    expect(await page.locator("#price tbody tr").count()).toBe(120)
    expect(await toggle.getAttribute("aria-expanded")).toBe("true")
    const hash = new URL(page.url()).hash
    await page.close()

    const { page: again } = await open({}, { hash })
    expect(await again.locator("#price tbody tr").count()).toBe(120)
    await again.locator("#price").getByRole("button", { name: "Table" }).click()
    expect(await again.locator("#price table").isVisible()).toBe(false)
    await again.close()
  })

  test("a link restores seed and theme, and a seed of another report is ignored", async () => {
    const { page } = await open({}, { hash: "#seed=3&theme=dark&at=jobs" })
    expect(await page.locator('.rail .seed[aria-pressed="true"]').allTextContents()).toEqual(["3"])
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark")
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(1000)
    await page.close()
    const { page: other } = await open({}, { hash: "#seed=77" })
    expect(await other.locator('.rail .seed[aria-pressed="true"]').count()).toBe(0)
    await other.close()
  })

  test("a click on a line brings out its seed in every chart, and the pointer reads the values", async () => {
    const { page } = await open({})
    await page.locator("#price .figure").scrollIntoViewIfNeeded()
    const figure = page.locator("#price .figure")
    const before = await figure.locator("path").count()
    const box = await figure.boundingBox()
    // The lines spread out towards the end; one of them passes within reach of some height.
    for (let y = 60; y < (box?.height ?? 0) && !page.url().includes("seed="); y += 20) {
      await figure.click({ position: { x: (box?.width ?? 0) * 0.8, y } })
    }
    expect(page.url()).toContain("seed=")
    await expect.poll(() => figure.locator("path").count()).toBeGreaterThan(before)
    expect(await page.locator(".pill").textContent()).toMatch(/Seed \d highlighted/)
    expect(await figure.locator(".tip").textContent()).toMatch(/Day \d+.*Price in the pool.*USD\/token/)
    await page.close()
  })

  test("arrow keys read a figure aloud", async () => {
    const { page } = await open({})
    await page.locator("#staked .figure").focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    expect(await page.locator("#staked output").textContent()).toMatch(/^Day 2; Staked .*tokens/)
    await page.close()
  })

  test("CSV and SVG come as files", async () => {
    const { page } = await open({ hostile: true, kind: "compare", seeds: 2, days: 30 })
    const save = async (chart: string, name: string) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(chart).getByRole("button", { name }).click()])
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") }
    }
    const csv = await save("#price", "Download CSV")
    expect(csv.name).toMatch(/^[a-z0-9-]+-price\.csv$/)
    expect(csv.text.split("\r\n")).toHaveLength(32)
    const differences = await save("#differences", "Download CSV")
    expect(differences.text.split("\r\n")[0]).toContain(`'=cmd|`)
    const svg = await save("#price", "Download SVG")
    expect(svg.text).toMatch(/^<svg[^>]+xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg.text).not.toMatch(/var\(--|<script/)
    await page.close()
  })

  test("the replay command can be copied", async () => {
    const { page } = await open({ seeds: 2, days: 3 }, { permissions: ["clipboard-read", "clipboard-write"] })
    await page.getByRole("button", { name: "Copy the replay command of seed 2" }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^npm run -s lab -- replay /)
    await page.close()
  })

  test.each<FixtureOptions>([{}, { hostile: true, kind: "compare", seeds: 2, days: 30 }])("%j fits a phone", async (fixture) => {
    const { page } = await open(fixture, { viewport: { width: 375, height: 800 } })
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    for (const button of await page.getByRole("button", { name: "Table" }).all())
      if ((await button.getAttribute("aria-expanded")) === "false") await button.click()
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    const sizes = await page
      .locator(".figure svg")
      .evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().width / Number(svg.getAttribute("width"))))
    expect(sizes.every((scale) => scale > 0.99)).toBe(true)
    await page.close()
  })

  test("figures follow the width of the window", async () => {
    const { page } = await open({ seeds: 2, days: 10 })
    const width = () => page.locator("#price .figure svg").evaluate((svg) => svg.getBoundingClientRect().width)
    const wide = await width()
    await page.setViewportSize({ width: 500, height: 800 })
    await expect.poll(width).toBeLessThan(wide / 1.5)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await page.close()
  })

  test.each(["light", "dark"] as const)("has no serious fault for assistive technology in %s", async (colorScheme) => {
    const { page } = await open({}, { colorScheme, hash: "#tables=price+honesty" })
    expect(await seriousFaults(page)).toEqual([])
    await page.close()
    const { page: compare } = await open({ kind: "compare", seeds: 3, days: 40 }, { colorScheme, viewport: { width: 375, height: 800 } })
    expect(await seriousFaults(compare)).toEqual([])
    await compare.close()
  })
})
