import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative, resolve } from "node:path"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { agents } from "../agents/index.ts"
import { cast } from "../sim/actor.ts"
import { genesis } from "../sim/genesis.ts"
import { jobKinds } from "../sim/jobs/kinds/index.ts"
import type { Row } from "../sim/metric.ts"
import { cloudUsdPerWorkHour, latencyMs } from "../sim/preset.ts"
import { run } from "../sim/run.ts"
import type { Scenario } from "../sim/scenario.ts"
import { quantile } from "../sim/stats/quantile.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { readCatalogue } from "./catalogue.ts"
import { crossCheck } from "./crossCheck.ts"
import { packageFile } from "./packageRoot.ts"
import { providerPresetIds, readProviderPreset } from "./providerPreset.ts"
import { readScenario } from "./scenarioFile.ts"

const all = readCatalogue()
const { scenario, catalogue } = readScenario("scenarios/provider-kinds.yaml")

const play = (changed: Scenario, days: number, seed = "1") => {
  const short = { ...changed, calendar: { ...changed.calendar, days } }
  const rows: Row[] = []
  const { agents: outcomes } = Effect.runSync(
    Effect.provide(
      run({ scenario: short, catalogue, agents, seed, onTick: ({ row }) => rows.push(row) }),
      memoryLedger(genesis(short, cast(short, agents, seed))),
    ),
  )
  return { rows, outcomes }
}
const withProviders = (change: (group: Record<string, unknown>) => object): Scenario => ({
  ...scenario,
  agents: scenario.agents.map((group) => (group.kind === "provider" ? { ...group, ...change({ ...group }) } : group)),
})

describe("presets", () => {
  it("have every class, with what it costs, and no figure that claims to be measured", () => {
    expect([...all.gpus.keys()].toSorted()).toEqual([
      ...["a100", "b200", "energy-meter", "h100", "h200", "hotspot-indoor", "hotspot-outdoor", "l4", "l40s"],
      ...["rtx-3090", "rtx-4090", "rtx-5090", "storage-node"],
    ])
    for (const { unit, workHoursPerGpuHour, joulesPerWorkHour = {}, loadWatts, idleWatts, usdPerGpu } of all.gpus.values()) {
      const figures = [...Object.values(workHoursPerGpuHour), ...Object.values(joulesPerWorkHour), loadWatts, idleWatts, usdPerGpu!]
      for (const { provenance, source } of figures) {
        expect(["public", "scaled", "assumed"]).toContain(provenance)
        expect(source.length).toBeGreaterThan(10)
      }
      expect(workHoursPerGpuHour.gaming?.provenance ?? "assumed").toBe("assumed")
      // A radio or a meter may draw as much without traffic.
      if (unit === undefined) expect(idleWatts.value).toBeLessThan(loadWatts.value)
      else expect(idleWatts.value).toBeLessThanOrEqual(loadWatts.value)
    }
  })

  it("sell spot capacity for less than the same on demand, and make a kind dearer by what leaves the cloud", () => {
    const cloud = all.clouds.get("aws-gcp-2026-spot")!
    for (const { instance, gpu, cloud: name, usdPerGpuHour } of cloud.offers.filter(({ terms }) => terms === "spot"))
      expect(cloud.offers).toContainEqual(
        expect.objectContaining({
          instance,
          gpu,
          cloud: name,
          terms: "onDemand",
          usdPerGpuHour: expect.toSatisfy((usd) => usd > usdPerGpuHour),
        }),
      )
    // Clouds of GPUs sell nothing of what other devices do.
    const sold = jobKinds.filter((kind) => !["storage", "coverage", "metering"].includes(kind))
    for (const kind of sold) {
      const plain = cloudUsdPerWorkHour(cloud, all.gpus, kind)
      expect(Number.isFinite(plain)).toBe(true)
      expect(cloudUsdPerWorkHour(cloud, all.gpus, kind, { spotKinds: [kind] })).toBeLessThan(plain)
      const withEgress = cloudUsdPerWorkHour(cloud, all.gpus, kind, { egressGibPerWorkHour: { [kind]: 10 } })
      expect(withEgress).toBeGreaterThan(plain + 0.85)
      expect(withEgress).toBeLessThan(plain + 1.3)
    }
  })

  it("know the way between any two regions, the same both ways and never shorter than within one", () => {
    const regions = all.energies.get("regions-2025")!
    for (const { id, place, dayShape } of regions.regions) {
      expect(regions.dayShapes!.map((shape) => shape.id)).toContain(dayShape)
      for (const other of regions.regions) {
        const ms = latencyMs(regions, id, other.id)!
        expect(ms).toBe(latencyMs(regions, other.id, id))
        expect(ms).toBeGreaterThanOrEqual(other.place === place ? 2 : 20)
        expect(ms).toBeLessThan(200)
      }
    }
    expect(latencyMs(regions, "texas", "germany-industry")).toBe(123)
    expect(latencyMs(regions, "texas", "germany")).toBe(133)
    expect(latencyMs(regions, "texas", "nowhere")).toBeUndefined()
  })

  it("of owners say where they are from, and all stand in the scenario that compares them", () => {
    const named = scenario.agents.filter(({ kind }) => kind === "provider").length
    expect(readdirSync(packageFile("scenarios", "presets", "providers"))).toHaveLength(named)
    for (const id of providerPresetIds()) {
      const { id: own, sources } = readProviderPreset(id)
      expect(own).toBe(id)
      expect(sources.length).toBeGreaterThan(1)
    }
  })

  it("need a price for hardware whose return is asked for", () => {
    const { usdPerGpu: _, ...free } = all.gpus.get("h100")!
    const without = { ...catalogue, gpus: new Map([...catalogue.gpus, ["h100", free]]) }
    expect(crossCheck(scenario, catalogue)).toEqual([])
    expect(crossCheck(scenario, without)).toEqual([
      { path: ["agents", expect.any(Number), "capex"], message: expect.stringContaining("h100 has no price of its own") },
    ])
  })
})

describe("a group that names a kind of owner", () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-owners-"))
  afterAll(() => rmSync(folder, { recursive: true }))
  const read = (group: string) => {
    const path = join(folder, "mine.yaml")
    writeFileSync(path, `extends: ${relative(folder, resolve("scenarios/baseline.yaml"))}\nname: mine\nagents:\n  - ${group}\n`)
    return readScenario(path).scenario.agents.find(({ id }) => id === "hall") as unknown as Record<string, unknown>
  }

  it("has the kind's parameters, and its own before them", () => {
    const hall = read("{ kind: provider, preset: data-centre, id: hall, count: 2, gpuCount: 16, capex: { years: 4 } }")
    expect(hall).toMatchObject({
      gpu: "h100",
      gpuCount: 16,
      capex: { years: 4, residualShare: 0.1, financingPerYear: 0.11, isOwned: false },
    })
    expect(hall["preset"]).toBeUndefined()
  })

  it.each([
    [
      "{ kind: provider, preset: data-center, id: hall, count: 2 }",
      /mine\.yaml:4:\d+ agents\[\d\]\.preset: unknown kind of provider "data-center".*data-centre/,
    ],
    ["{ kind: provider, preset: data-centre, id: hall, count: 2, gpuCount: -1 }", /mine\.yaml:4:\d+ agents\[\d\]\.gpuCount: got -1/],
  ])("is refused where it is wrong: %s", (group, message) => {
    expect(() => read(group)).toThrow(message)
  })
})

describe("kinds of owners", () => {
  const lives = ["1", "2"].map((seed) => play(scenario, 90, seed))
  const median = (group: string, of: (values: Readonly<Record<string, number>>) => number) =>
    quantile(
      lives.flatMap(({ outcomes }) =>
        outcomes.filter((outcome) => outcome.group === group && outcome.values["daysActive"]! > 0).map(({ values }) => of(values)),
      ),
      0.5,
    )
  const payback = (group: string) => median(group, (values) => values["paybackYears"] ?? Infinity)
  const perGpuHour = (group: string) =>
    median(group, (values) => values["jobRevenueUsd"]! / (values["gpuCount"]! * values["daysActive"]! * 24))

  it("earn their hardware back as soon as people who rent out GPUs say, or not at all", () => {
    expect(payback("datacentre")).toBeGreaterThan(2)
    expect(payback("datacentre")).toBeLessThan(6)
    expect(payback("farm")).toBeGreaterThan(0.4)
    expect(payback("farm")).toBeLessThan(1.5)
    expect(payback("home")).toBeGreaterThan(0.6)
    expect(payback("home")).toBeLessThan(3)
    // Longer than its hardware lives.
    expect(payback("university")).toBeGreaterThan(6)
  })

  it("get for an hour of a machine, rented or not, no more than market places take for a rented one", () => {
    // vast.ai: H100 1.49 to 1.87 (2026-03) and 2.5 (2026-06), RTX 3090 0.20 to 0.30, RTX 4090 0.31 to 0.88, A100 0.78 to 1.20 USD.
    const bounds = { datacentre: [0.5, 1.87], farm: [0.06, 0.3], home: [0.05, 0.45], university: [0.05, 0.8] } as const
    for (const [group, [low, high]] of Object.entries(bounds)) {
      expect(perGpuHour(group)).toBeGreaterThan(low)
      expect(perGpuHour(group)).toBeLessThan(high)
    }
  })

  it("are told apart by the metric as by the outcomes", () => {
    const last = lives[0]!.rows.at(-1)!
    expect(last["roiPerYear.farm"]!).toBeGreaterThan(last["roiPerYear.datacentre"]!)
    expect(last["roiPerYear.datacentre"]!).toBeGreaterThan(last["roiPerYear.university"]!)
    expect(lives[0]!.rows.reduce((sum, row) => sum + row["gpusAside.ownUse"]!, 0)).toBeGreaterThan(0)
  })
})

describe("every knob of an owner moves something", () => {
  const last = (changed: Scenario) => JSON.stringify(play(changed, 12).rows.at(-1))
  const plain = last(scenario)
  it.each<readonly [string, Scenario]>([
    ["capex.usdPerGpu", withProviders(({ capex }) => ({ capex: { ...(capex as object), usdPerGpu: 90_000 } }))],
    ["capex.years", withProviders(({ capex }) => ({ capex: { ...(capex as object), years: 1 } }))],
    ["capex.residualShare", withProviders(({ capex }) => ({ capex: { ...(capex as object), residualShare: 0.6 } }))],
    ["capex.financingPerYear", withProviders(({ capex }) => ({ capex: { ...(capex as object), financingPerYear: 0.5 } }))],
    ["capex.isOwned", withProviders(({ capex }) => ({ capex: { ...(capex as object), isOwned: false } }))],
    ["plannedHours", withProviders(({ plannedHours }) => (plannedHours === undefined ? {} : { plannedHours: { from: 0, to: 24 } }))],
    ["ownUse.share", withProviders(({ ownUse }) => (ownUse === undefined ? {} : { ownUse: { ...ownUse, share: 0.1 } }))],
    ["ownUse.usdPerGpuHour", withProviders(({ ownUse }) => (ownUse === undefined ? {} : { ownUse: { ...ownUse, usdPerGpuHour: 0 } }))],
    ["ownUse.meanHours", withProviders(({ ownUse }) => (ownUse === undefined ? {} : { ownUse: { ...ownUse, meanHours: 200 } }))],
    ["ownUse.from", withProviders(({ ownUse }) => (ownUse === undefined ? {} : { ownUse: { ...ownUse, from: 16 } }))],
    ["mining.usdPerGpuHour", withProviders(({ mining }) => (mining === undefined ? {} : { mining: { ...mining, usdPerGpuHour: 1 } }))],
    ["fromDay", withProviders(() => ({ fromDay: 11 }))],
    ["energyContract", withProviders(() => ({ energyContract: "fixed" }))],
    ["procurementDays", withProviders(() => ({ procurementDays: 4 }))],
    ["accountsEveryDays", withProviders(() => ({ accountsEveryDays: 3 }))],
    ["energy.timeOfUse", { ...scenario, markets: { ...scenario.markets, energy: { ...scenario.markets.energy, timeOfUse: false } } }],
    ["cloud.spotKinds", { ...scenario, markets: { ...scenario.markets, cloud: { ...scenario.markets.cloud, spotKinds: [] } } }],
    [
      "cloud.egressGibPerWorkHour",
      { ...scenario, markets: { ...scenario.markets, cloud: { ...scenario.markets.cloud, egressGibPerWorkHour: { rendering: 3 } } } },
    ],
  ])("%s", (_, changed) => {
    expect(last(changed)).not.toBe(plain)
  })

  it("mining.powerShare", () => {
    const [little, much] = [0.1, 0.9].map((powerShare) =>
      last(withProviders(({ mining }) => (mining === undefined ? {} : { mining: { usdPerGpuHour: 1, powerShare } }))),
    )
    expect(little).not.toBe(much)
  })
})

describe("a flood of candidates", () => {
  it("comes in after the time that hardware takes, all at once or spread", () => {
    const entries = (procurementDays: unknown) => {
      const newcomers = {
        ...scenario,
        agents: [
          ...scenario.agents,
          {
            ...scenario.agents.find(({ id }) => id === "farm")!,
            id: "flood",
            count: 200,
            gpuCount: 2,
            startActiveShare: 0,
            fromDay: 4,
            procurementDays,
          },
        ],
      } as Scenario
      const { rows, outcomes } = play(newcomers, 30)
      const byDay = Array.from({ length: 30 }, (_, day) =>
        rows.slice(day * 4, day * 4 + 4).reduce((sum, row) => sum + row["providersEntered"]!, 0),
      )
      return { byDay, joined: outcomes.filter(({ group, values }) => group === "flood" && values["daysActive"]! > 0).length }
    }
    const sum = (days: ReadonlyArray<number>) => days.reduce((total, count) => total + count, 0)
    const delayed = entries(15)
    const plain = sum(play(scenario, 30).rows.map((row) => row["providersEntered"]!))
    expect(delayed.joined).toBeGreaterThan(50)
    expect(sum(delayed.byDay.slice(0, 18))).toBeLessThan(plain + 20)
    expect(sum(delayed.byDay.slice(19))).toBeGreaterThan(50)
    expect(
      entries(0)
        .byDay.slice(4, 12)
        .reduce((total, count) => total + count, 0),
    ).toBeGreaterThan(50)
  })
})
