import { readFile } from "node:fs/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type OpenedPage, type PageBrowser, lacksBrowser, openBrowser, openTables, overflow, seriousFaults } from "../browser.fixture.ts"
import { injectReport } from "../injectReport.ts"
import { type SweepFixtureOptions, sweepFixture } from "../sweep.fixture.ts"
import { builtTemplate } from "../template.fixture.ts"

if (lacksBrowser) test.skip("the page of a sweep in a browser: no Chromium here, install it or set CHROMIUM_PATH")

describe.skipIf(lacksBrowser)("the page of a sweep, opened as a file without a network", () => {
  let browser: PageBrowser
  let template: string

  beforeAll(async () => {
    ;[template, browser] = await Promise.all([builtTemplate(), openBrowser()])
  })
  afterAll(() => browser?.close())

  const open = (fixture: SweepFixtureOptions, options?: Parameters<PageBrowser["open"]>[1]) =>
    browser.open(injectReport(template, { ...sweepFixture(fixture), runsFolder: "results" }), options)

  const drawsEverything = async ({ page, complaints, requests }: OpenedPage) => {
    expect(await page.locator(".chart").count()).toBeGreaterThanOrEqual(4)
    expect(await page.locator("#variants tbody tr").count()).toBeGreaterThan(3)
    const marks = await page.locator(".figure svg").evaluateAll((all) => all.map((svg) => svg.querySelectorAll("*").length))
    expect(Math.max(...marks)).toBeLessThan(5_000)
    expect(await page.evaluate(() => "hacked" in window)).toBe(false)
    expect(await page.locator("img").count()).toBe(0)
    expect(complaints).toEqual([])
    expect(requests).toEqual([])
  }

  describe("of a grid", () => {
    const seeds = 12
    const fixture: SweepFixtureOptions = { seeds, failures: 2 }
    let opened: OpenedPage
    beforeAll(async () => {
      opened = await open(fixture, { permissions: ["clipboard-read", "clipboard-write"] })
    })
    afterAll(() => opened?.page.close())

    test("draws its charts, complains of nothing and asks for nothing", () => drawsEverything(opened))

    test("the answer stands first: how many variants meet what is wanted", async () => {
      const words = await opened.page.locator(".objectives .word").allTextContents()
      const meeting = sweepFixture(fixture).admissible.filter(({ verdict }) => verdict === "meets").length
      expect(meeting).toBeGreaterThan(0)
      expect(words[0]).toContain(`${meeting} of 49`)
      expect(await opened.page.locator(".objectives").textContent()).toContain("They lie within emission")
      expect(await opened.page.locator(".caution").count()).toBe(0)
    })

    test("a variant that is picked in a chart, by pointer or by key, shows its runs and their commands", async () => {
      const { page } = opened
      await page.locator("#region .figure").click({ position: { x: 120, y: 120 } })
      expect(new URL(page.url()).hash).toMatch(/variant=\d+/)
      expect(await page.locator("#variant-runs .runs tbody tr").count()).toBe(seeds)
      // So few seeds bound the median on both sides, and the 90th percentile on one.
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
      expect(await page.locator("#variant-runs .runs tbody tr").count()).toBe(seeds)
    })

    test("the table sorts by any column, and tells so", async () => {
      const { page } = opened
      const heads = page.locator("#variants .variants thead th")
      const place = (await heads.allTextContents()).findIndex((title) => title.includes("Price in the pool"))
      await heads.nth(place).getByRole("button").click()
      expect(await heads.nth(place).getAttribute("aria-sort")).toBe("descending")
      const sorted = await page
        .locator("#variants .variants tbody tr")
        .evaluateAll((rows, at) => rows.map((row) => Number.parseFloat(row.children[at]?.firstChild?.textContent ?? "")), place)
      expect(sorted).toHaveLength(49)
      expect(sorted).toEqual(sorted.toSorted((a, b) => b - a))
    })

    test("tables and downloads carry the numbers", async () => {
      const { page } = opened
      await page.locator("#region").getByRole("button", { name: "Table" }).click()
      expect(await page.locator("#region tbody tr").count()).toBe(49)
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Download CSV of runs" }).click(),
      ])
      const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n")
      expect(lines).toHaveLength(1 + 49 * seeds)
      expect(lines[0]).toBe("Variant,Name,emission,burn,seed,run,providerProfitUsd.mean,priceUsd.end,supplyTokens.end,utilisation.mean")
    })

    test("it fits a phone, tables and all", async () => {
      const { page } = opened
      await page.setViewportSize({ width: 375, height: 800 })
      const width = () => page.locator("#region .canvas svg").evaluate((svg) => svg.getBoundingClientRect().width)
      await expect.poll(width).toBeLessThan(375)
      await openTables(page)
      expect(await overflow(page)).toBeLessThanOrEqual(0)
    })
  })

  test("another outcome is drawn in every chart of a sample, and one that is skewed over few seeds is told beside answer and table", async () => {
    const opened = await open({ design: "sobol", points: 30, seeds: 8, hasIdleSeed: true })
    const { page } = opened
    await drawsEverything(opened)
    const cautions = await page.locator(".caution").allTextContents()
    expect(cautions).toEqual([cautions[0], cautions[0]])
    expect(cautions[0]).toContain("utilisation, mean of the run (8 seeds, 30 of 30 variants)")
    await page.getByLabel("Outcome", { exact: true }).selectOption("priceUsd.end")
    expect(await page.locator("#tornado h3").textContent()).toContain("price in the pool")
    await page.getByLabel("Across", { exact: true }).selectOption("burn")
    expect(new URL(page.url()).hash).toBe("#outcome=priceUsd.end&across=burn&up=emission")
    await page.close()
  })

  test.each<SweepFixtureOptions>([
    { design: "morris", points: 20, seeds: 3, hasValues: false },
    { design: "search", points: 400, seeds: 2 },
  ])("%j draws its charts, complains of nothing and asks for nothing", async (fixture) => {
    const opened = await open(fixture)
    await drawsEverything(opened)
    await opened.page.close()
  })

  test("an attack draws its charts and has no serious fault for assistive technology in both themes", async () => {
    const opened = await open({ design: "attack", points: 6, seeds: 2, hasObjectives: false })
    await drawsEverything(opened)
    expect((await opened.page.locator(".headline .label").allTextContents()).slice(0, 2)).toEqual([
      "Profit of all providers, mean of the run",
      "Supply, at the end",
    ])
    expect(await seriousFaults(opened.page)).toEqual([])
    await opened.page.close()
  })

  test("on a phone a link restores what was looked at, hostile names are text, and nothing is wider than the screen or a serious fault", async () => {
    const opened = await open(
      { design: "cases", hostile: true, failures: 1, seeds: 3 },
      { viewport: { width: 375, height: 800 }, hash: "#variant=2&tables=region+tornado&outcome=priceUsd.end&across=burn&up=emission" },
    )
    const { page } = opened
    await drawsEverything(opened)
    expect(await page.locator("#tornado h3").textContent()).toContain("price in the pool")
    expect(await page.getByLabel("Up", { exact: true }).inputValue()).toBe("emission")
    expect(await page.locator("#variant-runs .runs tbody tr").count()).toBe(3)
    await openTables(page)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(await seriousFaults(page)).toEqual([])
    await page.close()
  })
})
