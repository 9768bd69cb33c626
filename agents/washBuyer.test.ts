import { describe, expect, it } from "vitest"
import type { Counts } from "../sim/jobs/counts.ts"
import type { Site } from "../sim/jobs/site.ts"
import { openPulse } from "../sim/pulse.ts"
import { toMillis, toWei } from "../sim/units.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"
import { washBuyer } from "./washBuyer.ts"

const params = {
  for: "farm",
  budgetUsd: 1000,
  startDay: 0,
  horizonDays: 100,
  jobHours: 5,
  usdPerGpuHourMin: 0.001,
  usdPerGpuHourMax: 4,
  displacedShare: 0,
}
const site = (busyGpus: number): Site => ({
  plan: { gpu: "a100", gpusOn: 8, gpusOffered: 8, askUsdPerGpuHour: 1, usdPerKwh: 0.1, hardwareUsdPerHour: 0 },
  busyGpus,
  downUntilHours: 0,
  nextFailureHours: 1e9,
  sinceHours: 0,
  onGpuHours: 0,
  busyGpuHours: 0,
  pricedUsd: 0,
})
const registered = { status: "active", stakeWei: 0n, gpuCount: 8, unbondsAtSeconds: 0 } as const
const names = ["farm-1", "farm-2", "other-1", "farm-x-1"]
interface Scene {
  readonly counts?: Counts
  readonly feeBps?: number
  readonly emittedTokens?: number
  /** What counted of everybody else in the last epoch. */
  readonly others?: number
  readonly rate?: number
  readonly tick?: number
}
/** A token is worth half a dollar. */
const at = ({ counts = "paid", feeBps = 1000, emittedTokens = 1000, others = 1000, rate = 0, tick = 7 }: Scene) => {
  const world = calmWorld({
    tick,
    sites: new Map(names.map((name) => [name, site(name === "farm-2" ? 6 : 0)])),
    pulse: {
      ...openPulse,
      rewardTokensPerWorkHour: rate,
      claims: new Map([["other-1", { epoch: Math.floor((tick - 1) / 4) - 1, workMillis: toMillis(others) }]]),
    },
    ledger: {
      emissions: { emittedWei: toWei(emittedTokens) },
      registry: { totalStakeWei: 0n, providers: new Map(names.map((name) => [name, registered])) },
    },
  })
  return { ...world, rules: { ...world.rules, market: { feeBps, burnBps: 0 }, oracle: { ...world.rules.oracle, counts } } }
}
const washed = (scene: Scene, changes: object = {}) => actOut(washBuyer, { ...params, ...changes }).turn(at(scene)).requests ?? []

describe("a washer", () => {
  it("sends jobs to idle machines of its own providers and to nobody else's", () => {
    const requests = washed({ counts: "rented" })
    expect(requests.map(({ only, gpuCount }) => [[...only!], gpuCount])).toEqual([
      [["farm-1"], 8],
      [["farm-2"], 2],
    ])
    expect(new Set(requests.map(({ privateUsdPerGpuHour }) => privateUsdPerGpuHour))).toEqual(new Set([0.001]))
  })

  it("washes exactly where the emission for a paid dollar exceeds the fee, when dollars count", () => {
    // 1,000 tokens at 0.5 USD for others' dollars; power adds 1 cent to each 4 USD.
    const threshold = (500 - 0.01) / (0.1 + 0.04 / 4)
    expect(washed({ others: threshold * 1.02 })).toEqual([])
    expect(washed({ others: threshold * 0.8 }).length).toBeGreaterThan(0)
    expect(washed({ others: threshold * 0.8, feeBps: 2000 })).toEqual([])
  })

  it("washes at any fee short of all, when hours count", () => {
    for (const feeBps of [0, 1000, 5000, 9999]) expect(washed({ counts: "rented", feeBps }).length).toBe(2)
    expect(washed({ counts: "rented", others: 12_600 })).toEqual([])
  })

  it("never washes when machines count that are on", () => {
    for (const feeBps of [0, 1000]) expect(washed({ counts: "capacity", feeBps, emittedTokens: 1e6 })).toEqual([])
  })

  it("counts the real jobs that its own keep away", () => {
    expect(washed({ counts: "rented" }, { displacedShare: 0.05 }).length).toBe(2)
    expect(washed({ counts: "rented" }, { displacedShare: 0.9 })).toEqual([])
  })

  it("keeps within its budget and its days", () => {
    const agent = actOut(washBuyer, { ...params, budgetUsd: 100 })
    const paid = (tick: number) => (agent.turn(at({ tick })).requests ?? []).reduce((sum, { gpuCount }) => sum + gpuCount * 5 * 4, 0)
    expect(paid(7)).toBe(100)
    expect(paid(8)).toBe(0)
    expect(washed({ tick: 7 }, { startDay: 2 })).toEqual([])
    expect(washed({ tick: 11 }, { horizonDays: 1 })).toEqual([])
  })

  it("brings the dollars that it pays with", () => {
    const decision = actOut(washBuyer, { ...params, budgetUsd: 100 }).turn(at({}))
    expect(actionsOf(decision, "dollar.onRamp")).toMatchObject([{ amountMicros: 100_010_000n, purpose: "budget" }])
  })

  it("stops for good when what it lost is its budget", () => {
    const agent = actOut(washBuyer, { ...params, budgetUsd: 60 })
    const paid: Array<number> = []
    // Rewards that never come: the rate of the last epoch stays at nothing, though tokens are released.
    for (let tick = 7; tick < 400; tick++) paid.push((agent.turn(at({ tick, emittedTokens: 1000 * tick })).requests ?? []).length)
    expect(paid.slice(0, 20).some((count) => count > 0)).toBe(true)
    expect(paid.slice(-40).every((count) => count === 0)).toBe(true)
  })
})
