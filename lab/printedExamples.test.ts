import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { packageFile } from "./packageRoot.ts"
import { readScenario } from "./scenarioFile.ts"
import { planSweep } from "./sweep/variants.ts"

/** A folder with `scenarios/` in it, as a reader's clone has, for files beside that and beside the scenarios. */
const clone = mkdtempSync(join(tmpdir(), "depinlab-printed-"))
afterAll(() => rmSync(clone, { recursive: true }))
mkdirSync(join(clone, "scenarios", "mine"), { recursive: true })
for (const name of readdirSync(packageFile("scenarios"))) symlinkSync(packageFile("scenarios", name), join(clone, "scenarios", name))

const blocks = (page: string): ReadonlyArray<string> =>
  [...readFileSync(packageFile(page), "utf8").matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text!)

const placed = (text: string, ...path: ReadonlyArray<string>): string => {
  const file = join(clone, ...path)
  writeFileSync(file, text)
  return file
}

it("the two scenarios of docs/statistics.md are as large as it says and differ by the fee", () => {
  const [small, fee] = blocks("docs/statistics.md").map((text, index) => placed(text, ["small.yaml", "small-fee.yaml"][index]!))
  const [base, variant] = [readScenario(small!).scenario, readScenario(fee!).scenario]
  expect([base.name, variant.name, base.calendar.days, variant.calendar.days]).toEqual(["small-network", "small-network-fee", 30, 30])
  expect([base.protocols.market.feeBps, variant.protocols.market.feeBps]).toEqual([1000, 1100])
  expect(base.agents.find(({ id }) => id === "home")!.count).toBe(9)
  expect(variant.agents).toEqual(base.agents)
})

it("the scenario and the sweep of README.md are valid", () => {
  const printed = blocks("README.md")
  const scenario = printed.find((text) => text.startsWith("extends: "))!
  expect(readScenario(placed(scenario, "scenarios", "cheap-energy.yaml")).scenario.seeds).toBe(10)
  const sweep = printed.find((text) => text.startsWith("name: "))!
  expect(planSweep(placed(sweep, "scenarios", "mine", "printed.yaml")).variants).toHaveLength(9)
})

it("the sweep of docs/sweeps.md is valid, and where leaves out two of its points", () => {
  const { variants, leftOut } = planSweep(placed(blocks("docs/sweeps.md")[0]!, "scenarios", "mine", "sweep.yaml"))
  expect([variants.length, leftOut]).toEqual([10, 2])
})
