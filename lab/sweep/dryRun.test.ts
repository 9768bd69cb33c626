import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { sha256 } from "../execution/sha256.ts"
import { dryRun, dryRunText } from "./dryRun.ts"
import { planSweep } from "./variants.ts"

const here = mkdtempSync(join(tmpdir(), "depinlab-dry-run-"))
afterAll(() => rmSync(here, { recursive: true, force: true }))
const plan = planSweep("scenarios/sweeps/slashing.yaml")

/** A folder as a finished run leaves it, with tables that nobody reads here. */
const finished = (id: string, scenarioHash: string, seconds: number): void => {
  const folder = join(here, id)
  mkdirSync(folder)
  const tables = ["rows", "events", "agents", "liquidity"].map((name) => [`${name}.parquet`, "table"] as const)
  const contents = [["manifest.json", JSON.stringify({ scenarioHash })] as const, ...tables]
  for (const [name, text] of contents) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, "host.json"), JSON.stringify({ seconds }))
  writeFileSync(join(folder, "complete.json"), JSON.stringify(Object.fromEntries(contents.map(([name, text]) => [name, sha256(text)]))))
}

it("without a finished run it says what is planned, and that it does not know the rest", () => {
  const dry = dryRun(plan, join(here, "nowhere"), 2)
  expect(dry).toEqual({ variants: 36, duplicates: 0, leftOut: 0, seeds: 6, runs: 216 })
  expect(dryRunText(plan, dry, 2)).toMatch(/36 variants with 6 seeds each: 216 runs\nhow long it takes .* is not known/)
})

it("with finished runs it reckons with the base's, whatever other runs are there", () => {
  finished("0000000000000001", "of another scenario", 99)
  finished("0000000000000002", plan.variants[0]!.hash, 5)
  finished("0000000000000003", plan.variants[plan.baseIndex]!.hash, 3)
  const { measured, seconds, bytes } = dryRun(plan, here, 2)
  expect({ run: measured!.run, seconds }).toEqual({ run: "0000000000000003", seconds: (3 * 216) / 2 })
  expect(bytes).toBe(measured!.bytes * 216)
})
