import { existsSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import axe, { type RunOptions } from "axe-core"
import { type BrowserContextOptions, type Page, chromium } from "playwright-core"

const executablePath = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
)

/** True on a machine without a browser, where tests of pages are skipped; never in CI. */
export const lacksBrowser = executablePath === undefined && process.env["CI"] !== "true"

/** A page that has finished drawing. */
export interface OpenedPage {
  readonly page: Page
  /** What it wrote to the console, and errors that nobody caught. */
  readonly complaints: ReadonlyArray<string>
  /** Everything that it asked for beside itself. */
  readonly requests: ReadonlyArray<string>
}

/** A browser for tests of pages, which are opened as files without a network. */
export interface PageBrowser {
  readonly open: (html: string, options?: BrowserContextOptions & { readonly hash?: string }) => Promise<OpenedPage>
  readonly close: () => Promise<void>
}

export const openBrowser = async (): Promise<PageBrowser> => {
  const folder = await mkdtemp(join(tmpdir(), "depinlab-page-"))
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox"] })
  let pages = 0
  return {
    open: async (html, { hash = "", ...context } = {}) => {
      const file = join(folder, `${++pages}.html`)
      await writeFile(file, html)
      // Without motion nothing has to be waited for that scrolls or fades.
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, offline: true, reducedMotion: "reduce", ...context })
      const complaints: Array<string> = []
      const requests: Array<string> = []
      const url = pathToFileURL(file).href
      page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()))
      page.on("pageerror", (error) => complaints.push(error.message))
      page.on("request", (request) => !request.url().startsWith(url) && !request.url().startsWith("data:") && requests.push(request.url()))
      await page.goto(url + hash)
      await page.waitForFunction(() => [...document.querySelectorAll(".figure")].every((figure) => figure.querySelector("svg")))
      return { page, complaints, requests }
    },
    close: async () => {
      await browser.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Pixels by which the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Opens every table that is closed. */
export const openTables = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>('.tools [aria-expanded="false"]')) button.click()
  })

/** What would keep people with assistive technology from reading the page, in the theme that it has and in the other one, which has other colours only. */
export const seriousFaults = async (page: Page): Promise<ReadonlyArray<string>> => {
  await page.evaluate(axe.source)
  const faults = async (options: RunOptions) => {
    const { violations } = await page.evaluate(
      (given) => (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ["violations"], selectors: false, ...given }),
      options,
    )
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  }
  const first = await faults({})
  await page.locator(".theme").click()
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
  return [...first, ...(await faults({ runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }))]
}
