import { describe, expect, it } from "vitest"
import type { Fact } from "../ledger.ts"
import type { Profile } from "../profile.ts"
import { stream } from "../rng.ts"
import type { Site } from "./site.ts"
import { addTakings, noTakings } from "./takings.ts"
import { closeEpoch, noWork, type Work } from "./work.ts"

const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
const gpu: Profile = {
  id: "double",
  label: "double",
  date: "2026-01-01",
  memoryGib: 1,
  workHoursPerGpuHour: { training: figure(2), inference: figure(2), rendering: figure(2) },
  loadWatts: figure(1),
  idleWatts: figure(1),
}
const gpus = new Map([[gpu.id, gpu]])
const sites = (onGpuHours: number, busyGpuHours: number): ReadonlyMap<string, Site> =>
  new Map([
    [
      "p",
      {
        plan: { gpu: "double", gpusOn: 4, gpusOffered: 4, askUsdPerGpuHour: 1, usdPerKwh: 0.1, hardwareUsdPerHour: 0 },
        busyGpus: 0,
        downUntilHours: 0,
        nextFailureHours: 1e9,
        sinceHours: 0,
        onGpuHours,
        busyGpuHours,
        pricedUsd: 0,
      },
    ],
  ])
const paid = (agent: string, kind: "market.completed" | "market.released", micros: bigint): Fact => ({
  kind,
  agent,
  slot: 0,
  provider: "p",
  paidMicros: (micros * 9n) / 10n,
  burnFeeMicros: (micros * 8n) / 100n,
  treasuryFeeMicros: (micros * 2n) / 100n,
})
const takings = addTakings(addTakings(noTakings, [paid("a", "market.completed", 30_000_000n)]), [
  paid("b", "market.released", 12_000_000n),
  paid("a", "market.released", 500_000n),
])
const shadow = new Map([["p", { idleGpuHours: 10, hiddenGpuHours: 20 }]])
const close = (counts: "capacity" | "rented" | "paid", before: Work = noWork, on = 100, busy = 40, withShadow = false) => {
  const work = closeEpoch(
    before,
    0,
    sites(on, busy),
    gpus,
    0,
    () => stream("1", "sight"),
    withShadow ? shadow : new Map(),
    undefined,
    counts,
    takings,
  )
  return [work.doneMillis.get("p"), work.seenMillis.get("p"), work] as const
}

describe("what counts of an epoch", () => {
  it("is all the work hours that machines are on", () => expect(close("capacity").slice(0, 2)).toEqual([200_000n, 200_000n]))

  it("or those in which jobs ran", () => expect(close("rented").slice(0, 2)).toEqual([80_000n, 80_000n]))

  it("or what buyers paid, fees included, in whole or in parts", () => {
    expect(close("paid").slice(0, 2)).toEqual([42_500n, 42_500n])
    expect([...takings.get("p")!]).toEqual([
      ["a", 30_500_000n],
      ["b", 12_000_000n],
    ])
  })

  it("is counted from where the epoch before ended", () => {
    const [, , before] = close("rented")
    expect(close("rented", before, 150, 65)[0]).toBe(50_000n)
    expect(close("capacity", before, 150, 65)[0]).toBe(100_000n)
  })

  it("is slowed and hidden in proportion, but payments are seen by everybody", () => {
    expect(close("capacity", noWork, 100, 40, true).slice(0, 2)).toEqual([180_000n, 140_000n])
    expect(close("rented", noWork, 100, 40, true).slice(0, 2)).toEqual([72_000n, 56_000n])
    expect(close("paid", noWork, 100, 40, true).slice(0, 2)).toEqual([42_500n, 42_500n])
  })
})
