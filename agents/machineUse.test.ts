import { describe, expect, it } from "vitest"
import type { Region } from "../sim/markets/energy.ts"
import type { Profile } from "../sim/profile.ts"
import { stream } from "../sim/rng.ts"
import { type Choices, chooseUse, expectedMargins, isWithin, noUse, shareOfDay } from "./machineUse.ts"

const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
const profile: Profile = {
  id: "card",
  label: "card",
  date: "2026",
  memoryGib: 1,
  workHoursPerGpuHour: {},
  loadWatts: figure(1000),
  idleWatts: figure(200),
}
const region: Region = { id: "here", label: "here", usdPerKwh: 0.1, source: "test", date: "2026", utcOffsetHours: -6 }
const day = { from: 0, to: 24 }
const always = { usdPerGpuHour: 5, share: 0.99, meanHours: 0.001, ...day }

/** A provider that expects 0.5 USD of a GPU hour in the network, half of it busy. */
const choose = (choices: Choices, { usdPerKwh = 0.1, utcHour = 12, isWanted = false, rng = stream("1", "one", "use") } = {}) =>
  chooseUse(choices, {
    memory: { ...noUse, offerUsdPerGpuHour: 0.5, busyShare: 0.5, isWanted },
    profile,
    region,
    usdPerKwh,
    utcHour,
    hours: 6,
    rng: () => rng,
  })
const mining = (usdPerGpuHour: number) => ({ mining: { usdPerGpuHour, powerShare: 0.5 } })

describe("what a provider does with its machines in a tick", () => {
  it("follows the better margin over power between network and mining", () => {
    // Network: 0.5 - 0.6 kW * 0.1 = 0.44; mining: what it brings - 0.5 kW * 0.1.
    expect(choose(mining(0.48))).toMatchObject({ use: "network" })
    expect(choose(mining(0.48)).elsewhereUsd).toBeCloseTo(0.43, 12)
    expect(choose(mining(0.5))).toMatchObject({ use: "mining" })
    expect(choose(mining(0.5)).marginUsd).toBeCloseTo(0.45, 12)
  })

  it("mines on dear power what idles too dearly in the network, and turns everything off on still dearer", () => {
    const uses = [0.1, 0.6, 1].map((usdPerKwh) => choose(mining(0.45), { usdPerKwh }).use)
    expect(uses).toEqual(["network", "mining", "off"])
  })

  it("keeps to planned hours of local time, over midnight too", () => {
    const plannedHours = { from: 22, to: 6 }
    // Ticks of six hours from 6, 12, 18 and 0 UTC have their middles at 3, 9, 15 and 21 in the region.
    expect([6, 12, 18, 0].map((utcHour) => choose({ plannedHours }, { utcHour }).use)).toEqual(["network", "off", "off", "off"])
    expect([isWithin(plannedHours, 23), isWithin(plannedHours, 6), shareOfDay(plannedHours)]).toEqual([true, false, 8 / 24])
  })

  it("works for its owner when there is such work and it is worth more", () => {
    expect(choose({ ownUse: always })).toMatchObject({ use: "ownUse", isWanted: true })
    expect(choose({ ownUse: { ...always, usdPerGpuHour: 0.2 } })).toMatchObject({ use: "network", isWanted: true })
    expect(choose({ ownUse: { ...always, from: 10, to: 12 } })).toMatchObject({ use: "network", isWanted: false })
  })

  it("has own work for the share of time and the length that are asked for", () => {
    const ownUse = { usdPerGpuHour: 5, share: 0.3, meanHours: 24, ...day }
    const rng = stream("1", "long", "use")
    let [isWanted, wanted, spells] = [false, 0, 0]
    const ticks = 40_000
    for (let tick = 0; tick < ticks; tick++) {
      const next = choose({ ownUse }, { isWanted, rng }).isWanted
      if (next && !isWanted) spells++
      if (next) wanted++
      isWanted = next
    }
    expect(wanted / ticks).toBeCloseTo(0.3, 1)
    expect((wanted * 6) / spells).toBeGreaterThan(22)
    expect((wanted * 6) / spells).toBeLessThan(26)
  })

  it("expects inside at least what it has outside, and the network's margin where it has nothing else", () => {
    expect(expectedMargins({ plannedHours: { from: 0, to: 12 } }, profile, 0.1, 0.4)).toEqual({ insideUsd: 0.2, outsideUsd: 0 })
    const { insideUsd, outsideUsd } = expectedMargins({ ...mining(0.2), ownUse: { ...always, share: 0.5 } }, profile, 0.1, 0.4)
    expect(outsideUsd).toBeCloseTo(0.5 * 4.9 + 0.5 * 0.15, 12)
    expect(insideUsd).toBeCloseTo(0.5 * 4.9 + 0.5 * 0.4, 12)
  })
})
