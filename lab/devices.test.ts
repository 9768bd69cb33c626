import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { agents } from "../agents/index.ts"
import { cast } from "../sim/actor.ts"
import { genesis } from "../sim/genesis.ts"
import { jobKinds } from "../sim/jobs/kinds/index.ts"
import { ratedWorkHours } from "../sim/jobs/work.ts"
import type { Row } from "../sim/metric.ts"
import type { AgentOutcome } from "../sim/outcome.ts"
import { cloudUsdPerWorkHour } from "../sim/preset.ts"
import { Profiles } from "../sim/profile.ts"
import { run } from "../sim/run.ts"
import type { Scenario } from "../sim/scenario.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { crossCheck } from "./crossCheck.ts"
import { readCatalogue } from "./catalogue.ts"
import { readDataFileAs } from "./dataFile.ts"
import { packageFile } from "./packageRoot.ts"
import { readScenario } from "./scenarioFile.ts"

// What networks of devices must look like to an economist, on the in-process twin of the contracts.

type Rules = Scenario["protocols"]["devices"]
const play = (name: string, days: number, rules?: Rules) => {
  const { scenario: shipped, catalogue } = readScenario(`scenarios/${name}.yaml`)
  const scenario: Scenario = {
    ...shipped,
    calendar: { ...shipped.calendar, days },
    protocols: rules === undefined ? shipped.protocols : { ...shipped.protocols, devices: rules },
  }
  const rows: Array<Row> = []
  const { agents: outcomes } = Effect.runSync(
    Effect.provide(
      run({ scenario, catalogue, agents, seed: "1", onTick: ({ row }) => rows.push(row) }),
      memoryLedger(genesis(scenario, cast(scenario, agents, "1"))),
    ),
  )
  return { rows, outcomes }
}
const meanOf = (outcomes: ReadonlyArray<AgentOutcome>, group: string, value: string) => {
  const own = outcomes.filter((outcome) => outcome.group === group)
  return own.reduce((sum, { values }) => sum + values[value]!, 0) / own.length
}
const mean = (rows: ReadonlyArray<Row>, column: string) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length

describe("a network of devices", () => {
  const cases: ReadonlyArray<readonly [name: string, cheat: string, honest: string, off: Rules]> = [
    ["storage-network", "half", "home", { storageNode: { samples: 0, lateShare: 0 } }],
    ["hotspot-coverage", "elsewhere", "suburb", { hotspot: { cellsPerSide: 8, fullPerCell: 3, witnesses: 0 } }],
    ["energy-meters", "inventor", "house", { energyMeter: { feeders: 12, unmeteredShare: 0.9, totalErrorShare: 0.005 } }],
  ]

  it.each(cases)("%s pays who does the work, and its proof takes most rewards from %s", (name, cheat, honest, off) => {
    const days = 12
    const [proven, believed] = [play(name, days), play(name, days, off)]
    const rewardUsd = ({ outcomes }: typeof proven, group: string) => meanOf(outcomes, group, "rewardUsd")
    expect(rewardUsd(believed, cheat)).toBeGreaterThan(0)
    expect(rewardUsd(proven, cheat)).toBeLessThan(rewardUsd(believed, cheat) / 3)
    expect(rewardUsd(proven, honest)).toBeGreaterThan(0)
    const later = proven.rows.slice(proven.rows.length / 2)
    expect(mean(later, "utilisation")).toBeGreaterThan(0.2)
    expect(mean(later, "utilisation")).toBeLessThan(0.95)
    expect(mean(later, "jobRevenueUsd")).toBeGreaterThan(0)
    expect(mean(later, "paidUsdPerWorkHour")).toBeLessThan(mean(later, "cloudUsdPerWorkHour"))
    expect(new Set(later.map((row) => row["paidUsdPerWorkHour"])).size).toBeGreaterThan(5)
  })

  it("feels each of its rules", () => {
    const rules: ReadonlyArray<readonly [name: string, device: keyof NonNullable<Rules>, changes: Readonly<Record<string, number>>]> = [
      ["storage-network", "storageNode", { samples: 2, lateShare: 0.3 }],
      ["hotspot-coverage", "hotspot", { cellsPerSide: 9, fullPerCell: 1, witnesses: 6 }],
      ["energy-meters", "energyMeter", { feeders: 9, unmeteredShare: 0.5, totalErrorShare: 0.3 }],
    ]
    for (const [name, device, changes] of rules) {
      const own = readScenario(`scenarios/${name}.yaml`).scenario.protocols.devices![device]!
      expect(Object.keys(changes)).toEqual(Object.keys(own))
      const usual = JSON.stringify(play(name, 5).rows.at(-1))
      for (const [knob, value] of Object.entries(changes))
        expect([knob, JSON.stringify(play(name, 5, { [device]: { ...own, [knob]: value } }).rows.at(-1)) !== usual]).toEqual([knob, true])
    }
  })

  it("covers more of the map where crowded cells share", () => {
    const rules = (fullPerCell: number) => ({ hotspot: { cellsPerSide: 8, fullPerCell, witnesses: 2 } })
    const covered = (fullPerCell: number) => mean(play("hotspot-coverage", 40, rules(fullPerCell)).rows.slice(80), "coveredCells")
    expect(covered(3)).toBeGreaterThan(covered(1_000) + 1)
  })
})

describe("profiles of devices", () => {
  const { reference, profiles } = readDataFileAs(Profiles, packageFile("gpu-bench", "devices.json")).value
  const { gpus, clouds } = readCatalogue()

  it("have one kind of work each, whose reference does one work hour in an hour, and nothing that was measured", () => {
    for (const { id, device, unit, workHoursPerGpuHour, loadWatts, idleWatts, usdPerGpu } of profiles) {
      const kinds = jobKinds.filter((kind) => workHoursPerGpuHour[kind] !== undefined)
      expect([id, kinds.length, device === undefined, unit === undefined]).toEqual([id, 1, false, false])
      for (const figure of [workHoursPerGpuHour[kinds[0]!]!, loadWatts, idleWatts, usdPerGpu!])
        expect(figure.provenance).not.toBe("measured")
    }
    for (const [kind, id] of Object.entries(reference)) {
      expect(gpus.get(id)!.workHoursPerGpuHour[kind as (typeof jobKinds)[number]]!.value).toBe(1)
      expect(ratedWorkHours(gpus.get(id)!)).toBe(1)
      expect(cloudUsdPerWorkHour(clouds.get("devices-2026")!, gpus, kind as (typeof jobKinds)[number])).toBeLessThan(1)
    }
  })
})

describe("a check", () => {
  const { scenario, catalogue } = readScenario("scenarios/hotspot-coverage.yaml")
  const problems = (group: string, changes: object) =>
    crossCheck(
      { ...scenario, agents: scenario.agents.map((one) => (one.id === group ? { ...one, ...changes } : one)) },
      { ...catalogue, gpus: readCatalogue().gpus },
    ).map(({ path, message }) => `${path.join(".")}: ${message}`)

  it("finds places that are not there, and coverage that is nowhere", () => {
    expect(problems("centre", { places: [3, 64] })).toEqual(["agents.0.places: there is no place 64; they are numbered 0 to 63"])
    expect(problems("elsewhere", { fraud: { kind: "wrongCell", claimedPlaces: [99] } })[0]).toContain(
      "fraud.claimedPlaces: there is no place 99",
    )
    expect(problems("centre", { gpu: "energy-meter" })[0]).toContain("there are no places without rules in protocols.devices")
    expect(problems("users", { job: "coverage" })[0]).toContain("coverage is of use where its users are")
    expect(problems("users", { places: undefined })[0]).toContain("coverage is of use where its users are")
  })
})
