import { readFile } from "node:fs/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type OpenedPage, type PageBrowser, lacksBrowser, openBrowser, openTables, overflow, seriousFaults } from "./browser.fixture.ts"
import { injectReport } from "./injectReport.ts"
import { type FixtureOptions, reportFixture } from "./report.fixture.ts"
import { builtTemplate } from "./template.fixture.ts"

if (lacksBrowser) test.skip("the page in a browser: no Chromium here, install it or set CHROMIUM_PATH")

describe.skipIf(lacksBrowser)("the finished page, opened as a file without a network", () => {
  const days = 30
  const aRun: FixtureOptions = { seeds: 3, days }
  const hostileComparison: FixtureOptions = { hostile: true, kind: "compare", seeds: 2, days }
  let browser: PageBrowser
  let template: string

  beforeAll(async () => {
    ;[template, browser] = await Promise.all([builtTemplate(), openBrowser()])
  })
  afterAll(() => browser?.close())

  const open = (fixture: FixtureOptions, options?: Parameters<PageBrowser["open"]>[1]) =>
    browser.open(injectReport(template, reportFixture(fixture)), options)

  const drawsEverything = async ({ page, complaints, requests }: OpenedPage) => {
    expect(await page.locator(".chart .figure svg path").count()).toBeGreaterThan(10)
    expect(await page.locator(".chart").count()).toBeGreaterThan(15)
    expect(complaints).toEqual([])
    expect(requests).toEqual([])
  }

  describe("of one scenario", () => {
    let opened: OpenedPage
    beforeAll(async () => {
      opened = await open(aRun, { permissions: ["clipboard-read", "clipboard-write"] })
    })
    afterAll(() => opened?.page.close())

    test("draws every chart, complains of nothing and asks for nothing", () => drawsEverything(opened))

    test("a table opens and closes again", async () => {
      const { page } = opened
      const toggle = page.locator("#price").getByRole("button", { name: "Table" })
      expect(await page.locator("#price table").count()).toBe(0)
      await toggle.click()
      expect(await page.locator("#price tbody tr").count()).toBe(days)
      expect(await toggle.getAttribute("aria-expanded")).toBe("true")
      expect(new URL(page.url()).hash).toMatch(/^#tables=.*price/)
      await toggle.click()
      expect(await page.locator("#price table").isVisible()).toBe(false)
    })

    test("a click on a line brings out its seed in every chart, and the pointer reads the values", async () => {
      const { page } = opened
      const figure = page.locator("#price .figure")
      await figure.scrollIntoViewIfNeeded()
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
    })

    test("arrow keys read a figure aloud", async () => {
      const { page } = opened
      await page.locator("#staked .figure").focus()
      await page.keyboard.press("ArrowRight")
      await page.keyboard.press("ArrowRight")
      expect(await page.locator("#staked output").textContent()).toMatch(/^Day 2; Staked .*tokens/)
    })

    test("the replay command can be copied", async () => {
      const { page } = opened
      await page.getByRole("button", { name: "Copy the replay command of seed 2" }).click()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^npm run -s lab -- replay /)
    })

    test("figures follow the width of the window", async () => {
      const { page } = opened
      const width = () => page.locator("#price .canvas svg").evaluate((svg) => svg.getBoundingClientRect().width)
      const wide = await width()
      await page.setViewportSize({ width: 500, height: 800 })
      await expect.poll(width).toBeLessThan(wide / 1.5)
      expect(await overflow(page)).toBeLessThanOrEqual(0)
    })
  })

  test("a link restores tables, seed, theme and place, and the page has no serious fault for assistive technology in both themes", async () => {
    const { page } = await open(aRun, { hash: "#tables=price+honesty&seed=3&theme=dark&at=jobs" })
    expect(await page.locator("#price tbody tr").count()).toBe(days)
    expect(await page.locator('.rail .seed[aria-pressed="true"]').allTextContents()).toEqual(["3"])
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark")
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(1000)
    expect(await seriousFaults(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("light")
    await page.close()
  })

  test("a comparison with hostile names draws every chart, and the names are text and nothing else, in files too", async () => {
    const opened = await open(hostileComparison)
    const { page } = opened
    await drawsEverything(opened)
    expect(await page.locator("h1").textContent()).toContain("</script><script>window.hacked")
    expect(await page.locator("img").count()).toBe(0)
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
    expect(await page.evaluate(() => "hacked" in window)).toBe(false)
    const save = async (chart: string, name: string) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(chart).getByRole("button", { name }).click()])
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") }
    }
    const csv = await save("#price", "Download CSV")
    expect(csv.name).toMatch(/^[a-z0-9-]+-price\.csv$/)
    expect(csv.text.split("\r\n")).toHaveLength(days + 2)
    const differences = await save("#differences", "Download CSV")
    expect(differences.text.split("\r\n")[0]).toContain(`'=cmd|`)
    const svg = await save("#price", "Download SVG")
    expect(svg.text).toMatch(/^<svg[^>]+xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg.text).not.toMatch(/var\(--|<script/)
    await page.close()
  })

  test("one seed and one day draw every chart in the dark that the reader's system asks for, and the policy stops a script that was not built in", async () => {
    const opened = await open({ seeds: 1, days: 1 }, { colorScheme: "dark", hash: "#seed=77" })
    const { page, complaints } = opened
    await drawsEverything(opened)
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark")
    expect(await page.locator('.rail .seed[aria-pressed="true"]').count()).toBe(0)
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
    const { page } = await browser.open(template)
    expect(await page.locator("#report").textContent()).toContain("holds no data yet")
    await page.close()
  })

  test.each<FixtureOptions>([aRun, hostileComparison])("%j fits a phone, tables and all", async (fixture) => {
    const { page } = await open(fixture, { viewport: { width: 375, height: 800 } })
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await openTables(page)
    expect(await page.locator('.tools [aria-expanded="false"]').count()).toBe(0)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    const sizes = await page
      .locator(".figure svg")
      .evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().width / Number(svg.getAttribute("width"))))
    expect(sizes.every((scale) => scale > 0.99)).toBe(true)
    await page.close()
  })

  test("a comparison has no serious fault for assistive technology on a phone in both themes", async () => {
    const { page } = await open({ kind: "compare", seeds: 2, days: 8 }, { viewport: { width: 375, height: 800 } })
    expect(await seriousFaults(page)).toEqual([])
    await page.close()
  })
})
