import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sha256 } from "./execution/sha256.ts"
import { execute } from "./execution/execute.ts"
import { mergeRuns } from "./merge.ts"
import { currentMaker, type Maker, type RunManifest, runInputs } from "./runManifest.ts"
import { findRuns, writeRun } from "./runStore.ts"
import { readScenario } from "./scenarioFile.ts"

let folder: string
const maker = Effect.runSync(currentMaker)
const { scenario, catalogue } = readScenario("scenarios/baseline.yaml")
const short = { ...scenario, calendar: { ...scenario.calendar, days: 2 } }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "depinlab-merge-"))
  for (const [shard, seeds] of Object.entries({ one: ["1", "2"], two: ["2", "3"] }))
    for (const seed of seeds) await writeOne(shard, seed, maker)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A real run, as a worker writes it. */
const writeOne = async (shard: string, seed: string, by: Maker): Promise<string> => {
  const order = { scenario: short, catalogue, seed }
  const recording = await Effect.runPromise(execute(order))
  const { ticks, transactions, reverts, stateRoot, digest } = recording
  const manifest: RunManifest = { ...runInputs(order, by), ticks, transactions, reverts, stateRoot, digest }
  return writeRun(join(folder, shard), manifest, recording, { seconds: 1, host: shard })
}
const at = (...names: ReadonlyArray<string>): string => join(folder, ...names)
const files = (path: string) =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "host.json")
      .map((entry) => [join(entry.parentPath, entry.name).slice(path.length), sha256(readFileSync(join(entry.parentPath, entry.name)))]),
  )

test("brings all runs together, each once, and does nothing the second time", () => {
  expect(mergeRuns([at("one"), at("two")], at("all"))).toEqual({ runs: 3, copied: 3 })
  expect(
    findRuns(at("all"))
      .map(({ manifest }) => manifest.seed)
      .toSorted(),
  ).toEqual(["1", "2", "3"])
  expect(files(at("all"))).toEqual({ ...files(at("one")), ...files(at("two")) })
  expect(mergeRuns([at("two"), at("one"), at("all")], at("all"))).toEqual({ runs: 3, copied: 0 })
  expect(files(at("all"))).toEqual({ ...files(at("one")), ...files(at("two")) })
})

test("refuses runs of two programs, naming both, and writes nothing", async () => {
  const foreign = await writeOne("foreign", "1", { ...maker, code: "f".repeat(64) })
  const own = findRuns(at("one"))[0]!.path
  expect(() => mergeRuns([at("one"), at("foreign")], at("mixed"))).toThrow(
    `${own} by code ${maker.code.slice(0, 12)}\n${foreign} by code ${"f".repeat(12)}\n`,
  )
  expect(() => readdirSync(at("mixed"))).toThrow("ENOENT")
})

test("refuses two different results of one run, naming both", () => {
  const name = readdirSync(at("one")).find((entry) => findRuns(at("two")).some(({ manifest }) => manifest.id === entry))!
  cpSync(at("one", name), at("other", name), { recursive: true })
  const path = at("other", name, "manifest.json")
  const { digest, ...rest } = JSON.parse(readFileSync(path, "utf8")) as RunManifest
  const text = JSON.stringify({ ...rest, digest: digest.replaceAll(/./g, "0") })
  writeFileSync(path, text)
  const digests = JSON.parse(readFileSync(at("other", name, "complete.json"), "utf8")) as Readonly<Record<string, string>>
  writeFileSync(at("other", name, "complete.json"), JSON.stringify({ ...digests, "manifest.json": sha256(new TextEncoder().encode(text)) }))
  expect(() => mergeRuns([at("one"), at("other")], at("two results"))).toThrow(
    `${at("one", name)} and ${at("other", name)} are two results of one run`,
  )
})

test("refuses a damaged run, naming the file", () => {
  const name = readdirSync(at("one"))[0]!
  cpSync(at("one", name), at("damaged", name), { recursive: true })
  writeFileSync(at("damaged", name, "rows.parquet"), "x")
  expect(() => mergeRuns([at("damaged")], at("never"))).toThrow(`${at("damaged", name, "rows.parquet")}: changed since the run wrote it`)
  expect(() => mergeRuns([at("absent")], at("never"))).toThrow("no such directory")
  writeFileSync(at("file"), "")
  expect(() => findRuns(at("file"))).toThrow("no such directory")
})
