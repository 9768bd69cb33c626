import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import type { Row } from "../sim/metric.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

const here = mkdtempSync(join(tmpdir(), "depinlab-jobs-"))
cpSync("scenarios/baseline.yaml", join(here, "baseline.yaml"))
afterAll(() => rmSync(here, { recursive: true, force: true }))

/** The ticks of the first days of a scenario, in this process. */
const play = async (path: string, days: number): Promise<ReadonlyArray<Row>> => {
  const { scenario, catalogue } = readScenario(path)
  const rows: Array<Row> = []
  const short = { ...scenario, calendar: { ...scenario.calendar, days } }
  await Effect.runPromise(
    execute({ scenario: short, catalogue, seed: "1" }, { ledger: memoryLedger, onTick: ({ row }) => void rows.push(row) }),
  )
  return rows
}
const total = (rows: ReadonlyArray<Row>, column: string) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0)

describe("each policy of scenarios/matching", () => {
  const cheapest = play("scenarios/matching.yaml", 12)

  it.each(readdirSync("scenarios/matching"))("%s serves jobs, and others than the cheapest provider would get", async (name) => {
    const rows = await play(`scenarios/matching/${name}`, 12)
    expect(total(rows, "jobsServed")).toBeGreaterThan(50)
    expect(rows).not.toEqual(await cheapest)
  })
})

describe("a line to wait in", () => {
  const waiting = (queue: string, patienceHours: number) => {
    const path = join(here, "line.yaml")
    const group = `{ id: lab, count: 30, patienceHours: ${patienceHours} }`
    writeFileSync(path, `extends: baseline.yaml\nname: line\nmarkets: { jobs: { queue: { kind: ${queue} } } }\nagents: [${group}]\n`)
    return play(path, 4).then((rows) => total(rows, "jobsWaiting"))
  }

  it("holds those who have patience, where there is one, the longer the more they have", async () => {
    const patient = await waiting("firstInFirstOut", 24)
    expect(patient).toBeGreaterThan(2 * (await waiting("firstInFirstOut", 2)))
    expect(await waiting("firstInFirstOut", 0)).toBe(0)
    expect(await waiting("none", 24)).toBe(0)
  })
})

it("every kind of job gets something done in scenarios/job-kinds.yaml, and shows what it waits for and loses", async () => {
  const rows = await play("scenarios/job-kinds.yaml", 6)
  for (const kind of ["training", "inference", "rendering", "gaming", "science"])
    expect(total(rows, `jobsDoneByKind.${kind}`), kind).toBeGreaterThan(10)
  expect(total(rows, "jobsWaiting")).toBeGreaterThan(0)
  expect(rows.at(-1)!["renderingTailRatio"]).toBeGreaterThan(1)
  expect(rows.at(-1)!["lateRequestShare"]).toBeGreaterThan(0)
}, 30_000)

describe("a table of demand", () => {
  const scenario = (csv: string) => {
    writeFileSync(join(here, "jobs.csv"), csv)
    const path = join(here, "table.yaml")
    writeFileSync(path, `extends: baseline.yaml\nname: table\nagents:\n  - { id: app, arrivals: { table: { file: jobs.csv } } }\n`)
    return readScenario(path)
  }

  it("is read from the file beside the scenario, and is part of its hash", () => {
    const first = scenario("# from a log\nday,jobs\n0,4\n1,6.5\n")
    expect(first.scenario.agents.find(({ id }) => id === "app")).toMatchObject({ arrivals: { table: { jobsPerDay: [4, 6.5] } } })
    expect(scenario("day,jobs\n0,4\n1,6\n").hash).not.toBe(first.hash)
  })

  it.each([
    ["0,4\n", /jobs\.csv:1: expected the heading day,jobs/],
    ["day,jobs\n1,4\n", /jobs\.csv:2: got 1,4, expected day 0/],
    ["day,jobs\n0,-4\n", /jobs\.csv:2: got 0,-4/],
    ["day,jobs\n", /1 to 20000 numbers of jobs/],
  ])("that is none is refused: %#", (csv, message) => {
    expect(() => scenario(csv)).toThrow(message)
  })
})
