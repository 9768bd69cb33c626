import { describe, expect, it } from "vitest"
import { namedStreams } from "../actor.ts"
import { noShadow } from "../faults/shadow.ts"
import type { Site, SitePlan } from "../jobs/site.ts"
import { closeEpoch, noWork } from "../jobs/work.ts"
import type { Profile } from "../profile.ts"
import { stream } from "../rng.ts"
import type { Params as DeviceRules } from "./index.ts"

// Where an epoch's work is closed: what a cheat is credited is the lesser of its claim and what oracles see.

const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
const profile = (id: string, changes: Partial<Profile>): [string, Profile] => [
  id,
  { id, label: id, date: "2026", workHoursPerGpuHour: {}, loadWatts: figure(1), idleWatts: figure(1), ...changes },
]
const gpus = new Map([
  profile("card", { workHoursPerGpuHour: { training: figure(2), inference: figure(2), rendering: figure(2) } }),
  profile("node", { device: "storageNode", workHoursPerGpuHour: { storage: figure(1) } }),
  profile("spot", { device: "hotspot", workHoursPerGpuHour: { coverage: figure(0.5) } }),
  profile("meter", { device: "energyMeter", workHoursPerGpuHour: { metering: figure(1) } }),
])
const site = (gpu: string, changes: Partial<SitePlan> = {}, onGpuHours = 24): Site => ({
  plan: { gpu, gpusOn: 1, gpusOffered: 1, askUsdPerGpuHour: 1, usdPerKwh: 0.1, hardwareUsdPerHour: 0, ...changes },
  busyGpus: 0,
  downUntilHours: 0,
  nextFailureHours: 1e9,
  sinceHours: 0,
  onGpuHours,
  busyGpuHours: 0,
  pricedUsd: 0,
})
const close = (sites: Readonly<Record<string, Site>>, rules: DeviceRules | undefined) =>
  closeEpoch(noWork, 0, new Map(Object.entries(sites)), gpus, 0, () => stream("1", "sight"), noShadow, {
    rules,
    epochHours: 24,
    rng: namedStreams("1", "devices"),
  })
const all: DeviceRules = {
  storageNode: { samples: 20, lateShare: 0 },
  hotspot: { cellsPerSide: 8, fullPerCell: 1, witnesses: 1 },
  energyMeter: { feeders: 2, unmeteredShare: 0, totalErrorShare: 0 },
}
const off: DeviceRules = {
  storageNode: { samples: 0, lateShare: 0 },
  hotspot: { cellsPerSide: 8, fullPerCell: 1, witnesses: 0 },
  energyMeter: { feeders: 2, unmeteredShare: 0.9, totalErrorShare: 0 },
}

describe("an epoch", () => {
  it("leaves GPUs as they are, and devices without rules", () => {
    const sites = { card: site("card"), spot: site("spot", { region: "cell-3" }) }
    const [with_, without] = [close(sites, all), close(sites, undefined)]
    expect([with_.doneMillis.get("card"), with_.seenMillis.get("card"), with_.scales.has("card")]).toEqual([48_000n, 48_000n, false])
    expect([without.doneMillis.get("spot"), without.seenMillis.get("spot"), without.newcomerScales.size]).toEqual([12_000n, 12_000n, 0])
    expect([with_.seenMillis.get("spot"), with_.newcomerScales.get("cell-4"), with_.newcomerScales.get("cell-60")]).toEqual([0n, 1, 0])
  })

  it.each([
    ["storage", { cheat: site("node", { claimedGpus: 3 }) }],
    [
      "coverage",
      {
        cheat: site("spot", { region: "cell-27", claimedRegion: "cell-63" }),
        beside: site("spot", { region: "cell-28" }),
        there: site("spot", { region: "cell-62" }),
      },
    ],
    ["metering", { cheat: site("meter", { region: "feeder-0", claimedGpus: 3 }), honest: site("meter", { region: "feeder-0" }) }],
  ])("credits a cheat with less where its proof of %s is asked for", (_, sites) => {
    const [proven, believed] = [close(sites, all).seenMillis.get("cheat")!, close(sites, off).seenMillis.get("cheat")!]
    expect(proven * 10n).toBeLessThanOrEqual(believed * 6n)
  })

  it("asks nothing of who has left", () => {
    const gone = close({ gone: site("node", { gpusOn: 0, gpusOffered: 0 }, 0) }, all)
    expect([gone.doneMillis.get("gone"), gone.scales.has("gone")]).toEqual([0n, false])
  })
})
