import { describe, expect, test } from "vitest"
import { noStrain } from "../sim/feeds/feedStrain.ts"
import type { PriceSighting, UptimeSighting } from "../sim/feeds/sighting.ts"
import type { Site } from "../sim/jobs/site.ts"
import type { World } from "../sim/world.ts"
import { feedNode } from "./feedNode.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const usual = {
  feed: "usd",
  noiseShare: 0,
  lagHours: 0,
  uptimeShare: 1,
  usdPerReport: 0,
  colludeShare: 0,
  targetFactor: 2,
  downtimeNoiseShare: 0,
}
const feedView = { decimals: 8, answer: 50_000_000n, roundId: 0, observedSeconds: 0, updatedAtSeconds: 0 }
const worldAt = (tick: number, usd: number, changes: Parameters<typeof calmWorld>[0] = {}): World =>
  calmWorld({ tick, referenceUsdPerToken: usd, ...changes, ledger: { feeds: new Map([["usd", feedView]]), ...changes.ledger } })
const prices = (node: ReturnType<typeof actOut>, worlds: ReadonlyArray<World>) =>
  worlds.map((world) => (node.turn(world).sightings?.[0] as PriceSighting | undefined)?.usd)
const play = (params: object, usd: ReadonlyArray<number>, strain = noStrain, from = 0) =>
  prices(
    actOut(feedNode, { ...usual, ...params }),
    usd.map((price, index) => worldAt(index + 1, price, index < from ? {} : { feedStrain: () => strain })),
  )

describe("a node of a feed", () => {
  test("sees the outside price, late by its lag", () => {
    expect(play({}, [1, 2, 3])).toEqual([1, 2, 3])
    // Ticks are six hours apart.
    expect(play({ lagHours: 12 }, [1, 2, 3, 4, 5])).toEqual([1, 1, 1, 2, 3])
    expect(play({ lagHours: 7 }, [1, 2, 3, 4, 5])).toEqual([1, 1, 1, 2, 3])
  })

  test("sees it with noise around the truth", () => {
    const seen = play({ noiseShare: 0.01 }, Array(400).fill(1)) as ReadonlyArray<number>
    const mean = seen.reduce((sum, usd) => sum + usd, 0) / seen.length
    const variance = seen.reduce((sum, usd) => sum + (usd - mean) * (usd - mean), 0) / seen.length
    expect(Math.abs(mean - 1)).toBeLessThan(0.002)
    expect(Math.abs(Math.sqrt(variance) / 0.01 - 1)).toBeLessThan(0.15)
  })

  test("is silent, and colludes, as often as its parameters say", () => {
    expect(play({ uptimeShare: 0.9 }, Array(1000).fill(1)).filter((usd) => usd === undefined).length / 1000).toBeCloseTo(0.1, 1)
    expect(play({ colludeShare: 0.2, targetFactor: 3 }, Array(1000).fill(1)).filter((usd) => usd === 3).length / 1000).toBeCloseTo(0.2, 1)
  })

  test("draws the same noise whatever else it does", () => {
    const calm = play({ noiseShare: 0.01 }, Array(20).fill(1))
    const bribed = play({ noiseShare: 0.01, colludeShare: 0.5, uptimeShare: 0.7 }, Array(20).fill(1))
    expect(bribed.filter((usd) => usd !== undefined && usd !== 2).every((usd) => calm.includes(usd))).toBe(true)
  })

  test("does under strain what the fault is called by", () => {
    const truth = [1, 2, 3, 4]
    expect(play({}, truth, { ...noStrain, downShare: 1 }, 2)).toEqual([1, 2, undefined, undefined])
    expect(play({}, truth, { ...noStrain, isFrozen: true }, 2)).toEqual([1, 2, 2, 2])
    expect(play({}, truth, { ...noStrain, lagHours: 6 }, 2)).toEqual([1, 2, 2, 3])
    expect(play({}, truth, { ...noStrain, biasFactor: 1.5 }, 2)).toEqual([1, 2, 4.5, 6])
    expect(play({}, truth, { ...noStrain, bribedShare: 1, targetFactor: 10 }, 2)).toEqual([1, 2, 30, 40])
    expect(play({}, truth, noStrain, 2)).toEqual(truth)
  })

  test("pays its sources once a day for the answers that there were", () => {
    const node = actOut(feedNode, { ...usual, usdPerReport: 0.5 })
    const after = (tick: number, roundId: number) =>
      actionsOf(node.turn(worldAt(tick, 1, { ledger: { feeds: new Map([["usd", { ...feedView, roundId }]]) } })), "dollar.redeem")
    expect(after(1, 0)).toEqual([])
    expect(after(3, 2)).toEqual([])
    expect(after(5, 3)).toEqual([{ kind: "dollar.redeem", amountMicros: 1_500_000n, purpose: "data" }])
    expect(after(9, 3)).toEqual([])
  })
})

test("a committee that watches providers counts the hours that registered GPUs did not answer, whatever the owner says", () => {
  const plan = { gpu: "a100", gpusOn: 4, gpusOffered: 4, askUsdPerGpuHour: 1, usdPerKwh: 0.1, hardwareUsdPerHour: 1 }
  const site = (onGpuHours: number): Site => ({
    plan,
    busyGpus: 0,
    downUntilHours: 0,
    nextFailureHours: 1e9,
    sinceHours: 0,
    pricedUsd: 0,
    onGpuHours,
    busyGpuHours: 0,
  })
  const active = { status: "active" as const, stakeWei: 1n, gpuCount: 4, unbondsAtSeconds: 0 }
  const rules = { ...calmWorld().rules, uptime: { feed: "usd" } as NonNullable<World["rules"]["uptime"]> }
  // Steady is up all the time, broken was down for six hours of the day, phantom has half of what it registered.
  const hours = { steady: [0, 24, 48, 72, 96], broken: [5, 29, 29, 53, 77], phantom: [0, 12, 24, 36, 48] }
  const day = (colludeShare: number, downtimeNoiseShare = 0, watched = Object.keys(hours)) => {
    const node = actOut(feedNode, { ...usual, colludeShare, downtimeNoiseShare })
    return [1, 2, 3, 4, 5].map((tick, index) => {
      const sites = new Map(Object.entries(hours).flatMap(([id, totals]) => (watched.includes(id) ? [[id, site(totals[index]!)]] : [])))
      const registry = { totalStakeWei: 3n, providers: new Map(watched.map((id) => [id, active])) }
      const decision = node.turn(worldAt(tick, 1, { rules, sites, ledger: { feeds: new Map([["usd", feedView]]), registry } }))
      return decision.sightings?.find((one): one is UptimeSighting => one.kind === "uptime")
    })
  }
  const [first, , , fourth, fifth] = day(0)
  expect([first, fourth]).toEqual([undefined, undefined])
  expect(fifth).toMatchObject({ day: 0, isColluding: false })
  expect(Object.fromEntries(fifth!.uptimeBps)).toEqual({ steady: 10_000, broken: 7_500, phantom: 5_000 })
  expect([...day(1)[4]!.uptimeBps.values()]).toEqual([10_000, 10_000, 10_000])
  // Its error about one provider is the same whoever else is there.
  const [all, alone] = [day(0, 0.1)[4]!.uptimeBps, day(0, 0.1, ["phantom"])[4]!.uptimeBps]
  expect(alone.get("phantom")).not.toBe(5_000)
  expect(all.get("phantom")).toBe(alone.get("phantom"))
})
