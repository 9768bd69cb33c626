import { existsSync } from "node:fs"
import { chromium } from "playwright-core"
import { build, type Rollup } from "vite"
import { describe, expect, test } from "vitest"
import { datasheets } from "../../gpu-bench/datasheet.ts"
import type { EarnData } from "./earnData.ts"
import type { openEstimate } from "./openEstimate.ts"

const executablePath = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
)
const isSkipped = executablePath === undefined && process.env["CI"] !== "true"

const script = async (): Promise<string> => {
  const entry = `${import.meta.dirname}/openEstimate.ts`
  const lib = { entry, formats: ["iife" as const], name: "estimate" }
  const built = (await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, target: "es2022", lib },
  })) as ReadonlyArray<Rollup.RollupOutput>
  return built[0]!.output[0].code
}

const data: EarnData = {
  scenarios: [
    {
      name: "<b>one</b>",
      question: "Does it pay?",
      days: 30,
      seeds: 2,
      utilisation: 0.5,
      classes: [
        { gpu: "l40s", label: "L40S", providers: 4, usdPerGpuDay: { low: 1, median: 2, high: 3 }, loadWatts: 1_500, idleWatts: 500 },
      ],
    },
  ],
}

describe.skipIf(isSkipped)("the estimate of a card", () => {
  test("shows revenue, power and what is left, follows the price, and gives no figure for a class without providers", async () => {
    const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox"] })
    try {
      const page = await browser.newPage({ offline: true })
      await page.addScriptTag({ content: await script() })
      const cards = ["l40s", "rtx-4090"].map((id) => ({ sheet: datasheets.find((sheet) => sheet.id === id)!, profile: id, distance: 0.05 }))
      await page.evaluate(
        ([near, shown]) =>
          document.body.append(
            (globalThis as unknown as { estimate: { openEstimate: typeof openEstimate } }).estimate.openEstimate(near, shown),
          ),
        [cards, data] as const,
      )
      const cells = () =>
        page.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)))
      await page.getByLabel("Price of power").fill("0.1")
      // 1 kW for a day at 0.10 USD a kWh.
      expect(await cells()).toEqual([
        ["L40S", "2.00 (1.00 to 3.00)", "2.40 (1.20 to 3.60)", "−0.40 (−1.40 to 0.60)", "4"],
        ["NVIDIA GeForce RTX 4090", "no provider has it", "–", "–", "–"],
      ])
      await page.getByLabel("Price of power").fill("0")
      expect((await cells())[0]![3]).toBe("2.00 (1.00 to 3.00)")
      await page.getByLabel("Price of power").fill("")
      expect(await page.getByText("Type a price of power").count()).toBe(1)
      expect(await page.locator("b").count()).toBe(0)
    } finally {
      await browser.close()
    }
  })
})
