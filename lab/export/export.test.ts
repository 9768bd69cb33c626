import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parquetMetadata, parquetReadObjects } from "hyparquet"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parse } from "yaml"
import { sweepFixture } from "../../reports/sweep.fixture.ts"
import { canonicalJson } from "../execution/canonicalJson.ts"
import type { Recording } from "../execution/recorder.ts"
import { openTable } from "../execution/table.ts"
import { anyHost, anyMaker } from "../anyMaker.fixture.ts"
import { runInputs } from "../runManifest.ts"
import { writeRun } from "../runStore.ts"
import { readScenario } from "../scenarioFile.ts"
import { rulesInSources } from "./agentRules.ts"
import { exportCrate } from "./exportCrate.ts"
import { exportSource } from "./exportSource.ts"

const TICKS = 48

/** What a run leaves behind, with a metric that has no value at first and a column that only odd seeds have. */
const recording = (seed: number): Recording => {
  const ticks = Array.from({ length: TICKS }, (_, i) => i + 1)
  return {
    rows: [
      { name: "tick", type: "INT32", data: ticks },
      { name: "priceUsd", type: "DOUBLE", data: ticks.map((tick) => (tick < 3 ? NaN : 0.5 + seed / 100 + tick / 1000)) },
      ...(seed % 2 === 1 ? [{ name: "debtUsd", type: "DOUBLE" as const, data: ticks.map((tick) => tick * seed) }] : []),
    ],
    events: openTable([{ name: "tick", type: "INT32" }]).close(),
    agents: [
      ...["id", "kind", "role", "group", "gpu"].map((name) => ({ name, type: "STRING" as const, data: [`${name}-1`, `=${name}-2`] })),
      { name: "profitUsd", type: "DOUBLE", data: [seed, NaN] },
    ],
    liquidity: [{ name: "pool", type: "STRING", data: [] }],
    digest: "d".repeat(64),
    stateRoot: "0x00",
    ticks: TICKS,
    transactions: 7,
    reverts: 1,
  }
}

let folder: string
let ids: ReadonlyArray<string>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "depinlab-export-"))
  const { scenario, catalogue } = readScenario("scenarios/baseline.yaml")
  ids = [1, 2, 3].map((seed) => {
    const inputs = runInputs({ scenario, catalogue, seed: String(seed) }, anyMaker)
    const { rows: _, events: _e, agents: _a, liquidity: _l, ...facts } = recording(seed)
    writeRun(join(folder, "results"), { ...inputs, ...facts }, recording(seed), anyHost)
    return inputs.id
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

const exported = async (name: string, format: "parquet" | "csv" = "parquet", path = join(folder, "results")) => {
  const out = join(folder, name)
  await exportCrate(exportSource(path), out, { format, authors: ["A. Author"] })
  return out
}

const bufferOf = (path: string) => new Uint8Array(readFileSync(path)).buffer
const rowsOf = (path: string) => parquetReadObjects({ file: bufferOf(path) })

test("the tables hold what the runs wrote, and what has no value is null", async () => {
  const out = await exported("tables")
  const { ticksPerDay } = readScenario("scenarios/baseline.yaml").scenario.calendar
  const series = await rowsOf(join(out, "series.parquet"))
  const expected = ids
    .map((id, i) => ({ id, seed: i + 1 }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, seed }) =>
      Array.from({ length: TICKS }, (_, i) => ({
        run_id: id,
        tick: i + 1,
        day: (i + 1) / ticksPerDay,
        priceUsd: i + 1 < 3 ? null : 0.5 + seed / 100 + (i + 1) / 1000,
        debtUsd: seed % 2 === 1 ? (i + 1) * seed : null,
      })),
    )
  const byKeys = (row: object) => canonicalJson(row)
  expect(series.map(byKeys)).toEqual(expected.map(byKeys))
  const runs = await rowsOf(join(out, "runs.parquet"))
  expect(runs.map(({ run_id }) => run_id).toSorted()).toEqual([...ids].toSorted())
  expect(runs.find(({ run_id }) => run_id === ids[0])).toMatchObject({
    scenario: "baseline",
    seed: "1",
    "debtUsd.end": 48,
    "debtUsd.mean": 24.5,
    reverts: 1,
  })
  const agents = await rowsOf(join(out, "agents.parquet"))
  expect(agents).toHaveLength(6)
  expect(agents.find(({ run_id }) => run_id === ids[1])).toMatchObject({ agent_kind: "kind-1", profitUsd: 2 })
  expect(agents.filter(({ profitUsd }) => profitUsd === null)).toHaveLength(3)
})

test("the same runs give the same bytes, file by file", async () => {
  const [one, other] = [await exported("once"), await exported("twice")]
  expect(readdirSync(one)).toEqual(readdirSync(other))
  for (const name of readdirSync(one)) expect(readFileSync(join(one, name)).equals(readFileSync(join(other, name)))).toBe(true)
})

test("CSV says the same, and text that a spreadsheet would run is harmless", async () => {
  const out = await exported("csv", "csv")
  expect(readFileSync(join(out, "series.csv"), "utf8").trim().split("\r\n")).toHaveLength(1 + 3 * TICKS)
  expect(readFileSync(join(out, "agents.csv"), "utf8")).toContain("'=kind-2")
})

describe("the crate", () => {
  interface Entity {
    readonly "@id": string
    readonly "@type": string
    readonly [key: string]: unknown
  }
  const crateOf = (out: string) => {
    const { "@graph": graph, "@context": context } = JSON.parse(readFileSync(join(out, "ro-crate-metadata.json"), "utf8"))
    return {
      context: context as string,
      graph: graph as ReadonlyArray<Entity>,
      of: (id: string) => (graph as ReadonlyArray<Entity>).find((one) => one["@id"] === id),
    }
  }

  test("is RO-Crate 1.1 and Process Run Crate: descriptor, root, action, instrument, inputs and results", async () => {
    const { context, graph, of } = crateOf(await exported("crate"))
    expect(context).toBe("https://w3id.org/ro/crate/1.1/context")
    expect(of("ro-crate-metadata.json")).toMatchObject({
      "@type": "CreativeWork",
      about: { "@id": "./" },
      conformsTo: { "@id": "https://w3id.org/ro/crate/1.1" },
    })
    expect(of("./")).toMatchObject({ "@type": "Dataset", datePublished: "2026-11-02", mentions: { "@id": "#simulation" } })
    expect(of("./")?.["name"]).toBeTruthy()
    const action = of("#simulation")!
    expect(action).toMatchObject({ "@type": "CreateAction", instrument: { "@id": "#depinlab" }, endTime: anyHost.startedAt })
    expect(of("#depinlab")?.["@type"]).toBe("SoftwareApplication")
    for (const list of ["object", "result"])
      for (const one of action[list] as ReadonlyArray<Entity>) expect(of(one["@id"])?.["@type"]).toBe("File")
    expect(new Set(graph.map((one) => one["@id"])).size).toBe(graph.length)
    const references = [...JSON.stringify(graph).matchAll(/\{"@id":"([^"]+)"\}/g)].map(([, id]) => id!)
    const outside = references.filter((id) => of(id) === undefined && id !== "https://w3id.org/ro/crate/1.1")
    expect(outside).toEqual([])
  })

  test("names every file with its size and digest", async () => {
    const out = await exported("digests")
    const { of } = crateOf(out)
    for (const name of readdirSync(out).filter((one) => one !== "ro-crate-metadata.json")) {
      const bytes = readFileSync(join(out, name))
      expect(of(name)).toMatchObject({ contentSize: String(bytes.length), sha256: createHash("sha256").update(bytes).digest("hex") })
    }
  })

  test("cites itself, its author and the program", async () => {
    const citation = parse(readFileSync(join(await exported("cited"), "CITATION.cff"), "utf8"))
    expect(citation).toMatchObject({
      "cff-version": "1.2.0",
      title: "baseline",
      type: "dataset",
      authors: [{ name: "A. Author" }],
      "date-released": "2026-11-02",
    })
    expect(citation.references[0]).toMatchObject({ title: "depinlab", version: "0.1.0" })
  })
})

test("the ODD protocol has its seven elements, every kind of agent with its rule, and parameters with units", async () => {
  const odd = readFileSync(join(await exported("odd"), "ODD.md"), "utf8")
  expect([...odd.matchAll(/^## (\d)\. (.+)$/gm)].map(([, , title]) => title)).toEqual([
    "Purpose and patterns",
    "Entities, state variables, and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
  ])
  const { scenario } = readScenario("scenarios/baseline.yaml")
  for (const { kind } of scenario.agents) {
    expect(rulesInSources()[kind], kind).toMatch(/\w{3}/)
    expect(odd).toContain(`- \`${kind}\`: ${rulesInSources()[kind]}`)
  }
  expect(odd).toMatch(/\| `protocols\.emissions\.tokensPerEpoch` \| \d+ \| .+\[.+\] \|/)
  expect(odd).not.toMatch(/undefined|\[object/)
})

test("the result of a sweep exports its runs with knobs and outcomes, and says which run is missing", async () => {
  const data = sweepFixture({ design: "cases", seeds: 1 })
  const [first, second, ...others] = data.variants
  const sweep = {
    ...data,
    variants: [
      { ...first!, runs: [ids[0]!] },
      { ...second!, runs: [ids[1]!] },
      ...others.map((variant) => ({ ...variant, runs: [null], failed: 1 })),
    ],
  }
  const path = join(folder, "results", "cases.sweep.json")
  writeFileSync(path, canonicalJson(sweep))
  const out = await exported("sweep", "parquet", path)
  const runs = await rowsOf(join(out, "runs.parquet"))
  expect(runs).toHaveLength(2)
  expect(runs[1]).toMatchObject({
    variant: 1,
    "knob.emission": 1000,
    "knob.policy": "cheapest",
    "outcome.priceUsd.end": data.values!["priceUsd.end"]![1]![0],
  })
  writeFileSync(path, canonicalJson(data))
  expect(() => exportSource(path)).toThrow(/is not there; keep the result beside its runs/)
  rmSync(path)
})

test("tables are written in row groups while they are read", async () => {
  const { parquetTable } = await import("./parquetTable.ts")
  const path = join(folder, "large.parquet")
  const columns = ["a", "b"].map((name) => ({ name, type: "DOUBLE" as const }))
  const table = parquetTable(path, columns, {})
  for (let run = 0; run < 130; run++) table.add(Array.from({ length: 10_000 }, (_, i) => [run, i]))
  table.close()
  const metadata = parquetMetadata(bufferOf(path))
  expect(Number(metadata.num_rows)).toBe(1_300_000)
  expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([500_000, 500_000, 300_000])
})
