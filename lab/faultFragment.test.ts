import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { fragmentPath } from "./faultFragment.ts"
import { readScenario } from "./scenarioFile.ts"

const here = mkdtempSync(join(tmpdir(), "depinlab-fragments-"))
afterAll(() => rmSync(here, { recursive: true, force: true }))
let written = 0
const fragment = (faults: string, more = "moves: [{ metric: jobsFailed, direction: up }]"): string => {
  const path = join(here, `f${++written}.yaml`)
  writeFileSync(path, `name: mine\nquestion: What?\n${more}\nfaults:\n${faults}\n`)
  return path
}
const refused = (scenario: string, fragments: ReadonlyArray<string>): string => {
  try {
    readScenario(scenario, fragments)
    return "accepted"
  } catch (error) {
    return (error as Error).message
  }
}

describe("a fragment", () => {
  it("adds its faults after the scenario's own, and its name to the name; both are part of the hash", () => {
    const crash = readScenario("scenarios/crash.yaml")
    const { scenario, hash } = readScenario("scenarios/crash.yaml", [fragmentPath("reorg"), fragmentPath("region-outage")])
    expect(scenario.faults.map(({ kind }) => kind)).toEqual(["demand", "reorg", "regionOutage"])
    expect(scenario.name).toBe("crash-reorg-region-outage")
    expect(hash).not.toBe(crash.hash)
    expect(readScenario("scenarios/crash.yaml", [fragmentPath("reorg")]).hash).not.toBe(hash)
  })

  it("keeps its own name whole where both are too long", () => {
    const { scenario } = readScenario("scenarios/hardware-on-credit.yaml", [fragmentPath("corrupted-results")])
    expect(scenario.name).toMatch(/^hardware-on-cr.*-corrupted-results$/)
    expect(scenario.name.length).toBeLessThanOrEqual(32)
  })

  it.each([
    ["  - { kind: regionOutage, region: texas, fromDay: 3, toDay: 2 }", /f\d+\.yaml:5:\d+ faults\[0\]\.toDay: ends on day 2/],
    [
      "  - { kind: demand, factor: 2, fromDay: 3, toDay: 4 }\n  - { kind: demand, factor: 2, fromDay: 90, toDay: 91 }",
      /:6:\d+ faults\[1\]\.fromDay: begins on day 90, and the run ends/,
    ],
    ["  - { kind: regionOutage, region: texsa, fromDay: 3, toDay: 4 }", /faults\[0\]\.region: the scenario has no region "texsa".*texas/],
    ["  - { kind: gpuFailure, rateFactor: 2, gpu: h200, fromDay: 3, toDay: 4 }", /faults\[0\]\.gpu: the scenario has no GPU "h200"/],
    ["  - { kind: oracleDown, group: home, fromDay: 3, toDay: 4 }", /faults\[0\]\.group: .*"home"; it has oracle/],
    ["  - { kind: gpuFlood, group: lab, count: 3, fromDay: 3, toDay: 4 }", /faults\[0\]\.group: .*"lab"/],
    ["  - { kind: priceFeedLag, lagHours: 2, fromDay: 3, toDay: 4 }", /faults\[0\]\.lagHours: less than half a tick of 6 hours/],
    [
      "  - { kind: heatThrottling, speedShare: 2, fromDay: 3, toDay: 4 }",
      /faults\[0\]\.speedShare: got 2, expected share of full speed, 0\.01 to 1/,
    ],
    ["  - { kind: regionOutege, region: texas, fromDay: 3, toDay: 4 }", /faults\[0\]\.kind: unknown kind "regionOutege".*regionOutage/],
    ["  - { kind: oracleBribe, reportedShare: 0, providers: { gpu: h1 }, fromDay: 3, toDay: 4 }", /faults\[0\]\.providers\.gpu: .*"h1"/],
  ])("%s: told at its place in the fragment", (faults, message) => {
    expect(refused("scenarios/baseline.yaml", [fragmentPath("reorg"), fragment(faults)])).toMatch(message)
  })

  it("says which metric it does not know, and brings nothing but faults", () => {
    const fault = "  - { kind: demand, factor: 2, fromDay: 3, toDay: 4 }"
    expect(refused("scenarios/baseline.yaml", [fragment(fault, "moves: [{ metric: jobsFaild, direction: up }]")])).toMatch(
      /moves\[0\]\.metric.*jobsFailed/,
    )
    expect(refused("scenarios/baseline.yaml", [fragment(fault, "moves: [{ metric: jobsLost, direction: up }]\nseeds: 3")])).toMatch(
      /seeds: unknown key/,
    )
    expect(refused("scenarios/baseline.yaml", [fragment("")])).toMatch(/faults/)
  })

  it("tells a problem of the scenario and one of the fragment, each in its file", () => {
    const scenario = join(here, "base.yaml")
    writeFileSync(scenario, `extends: ${relative(here, "scenarios/baseline.yaml")}\nname: b\nmarkets: { cloud: { preset: nowhere } }\n`)
    const text = refused(scenario, [fragment("  - { kind: demand, factor: 2, fromDay: 3, toDay: 2 }")])
    expect(text).toMatch(/base\.yaml:3:\d+ markets\.cloud\.preset/)
    expect(text).toMatch(/f\d+\.yaml:5:\d+ faults\[0\]\.toDay/)
  })
})
