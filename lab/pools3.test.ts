import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { execute } from "./execution/execute.ts"
import { tableRows } from "./execution/table.ts"
import { readScenario } from "./scenarioFile.ts"

const here = mkdtempSync(join(tmpdir(), "depinlab-pools3-"))
afterAll(() => rmSync(here, { recursive: true, force: true }))
cpSync("scenarios/baseline.yaml", join(here, "baseline.yaml"))
const read = (protocols: string) => {
  const path = join(here, "pools.yaml")
  writeFileSync(path, `extends: baseline.yaml\nname: pools\ncalendar: { days: 3 }\nprotocols:\n${protocols}\n`)
  return readScenario(path)
}

describe("a scenario's v3 pools", () => {
  it.each([
    [
      "the same id",
      "{ id: a, feePips: 500, treasuryUsd: 9 }, { id: a, feePips: 100, treasuryUsd: 9 }",
      /pools3\[\d\]\.id.*taken by an earlier/,
    ],
    ["the same fee", "{ id: a, feePips: 500, treasuryUsd: 9 }, { id: b, feePips: 500, treasuryUsd: 9 }", /pools3\[1\]\.feePips.*one pool/],
    ["a fee of everything", "{ id: a, feePips: 1000000, treasuryUsd: 9 }", /pools3\[0\]\.feePips/],
    ["more than exists", "{ id: a, feePips: 500, treasuryUsd: 9000000 }", /pools3\[0\]\.treasuryUsd.*18000000, more than exist/],
    ["more than is left", "{ id: a, feePips: 500, treasuryUsd: 2000000 }", /pools, venue.* are given/],
    ["an id with a dot", "{ id: a.b, feePips: 500, treasuryUsd: 9 }", /pools3\[0\]\.id/],
  ])("%s: refused at its place", (_, pools, message) => {
    expect(() => read(`  pools3: [${pools}]`)).toThrow(message)
  })

  it("have none that the price source could not find", () => {
    expect(() => read("  priceSource: { kind: mean, pool: low }")).toThrow(/priceSource\.pool.*unknown v3 pool "low"; there is none/)
    const pools = "  pools3: [{ id: low, feePips: 500, treasuryUsd: 9 }]\n"
    expect(() => read(`${pools}  priceSource: { kind: mean, pool: lows }`)).toThrow(/did you mean.*low/)
  })

  it("trade in a whole run, which is the same to the byte each time", async () => {
    const pools = "{ id: low, feePips: 100, treasuryUsd: 50000, twapHours: 12 }, { id: high, feePips: 10000, treasuryUsd: 50000 }"
    const { scenario, catalogue } = read(`  pools3: [${pools}]\n  priceSource: { kind: mean, pool: low }`)
    const digests: Array<string> = []
    for (let round = 0; round < 2; round++) {
      const { digest, events, rows } = await Effect.runPromise(execute({ scenario, catalogue, seed: "1" }))
      digests.push(digest)
      const [spot, mean] = ["priceByPoolUsd.low", "meanPriceUsd"].map((name) => rows.find((row) => row.name === name)!.data.map(Number))
      const swing = (prices: ReadonlyArray<number>) => Math.max(...prices) / Math.min(...prices) - 1
      expect(swing(mean!)).toBeGreaterThan(0)
      expect(swing(mean!)).toBeLessThan(swing(spot!))
      const facts = (await tableRows(events)).map((event) => String(event["facts"]))
      expect(facts.filter((fact) => fact.includes("pool3.swapped")).length).toBeGreaterThan(3)
    }
    expect(digests[1]).toBe(digests[0])
  })
})
