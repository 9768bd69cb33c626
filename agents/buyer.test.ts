import { describe, expect, it } from "vitest"
import { toMicros } from "../sim/units.ts"
import { buyer } from "./buyer.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const params = {
  job: "training",
  jobsPerDay: 20,
  gpusPerJob: 2,
  workHoursPerGpu: 10,
  workHoursSigma: 0.5,
  valueUsdPerWorkHour: 3,
  valueSigma: 0.2,
  cloudDiscountShare: 0.25,
  payoutFeeShareMax: 0.1,
  patienceHours: 0,
  priceElasticity: 0,
  arrivals: {},
}
const requestsOver = (ticks: number, changes: Parameters<typeof calmWorld>[0] = {}, overrides: Partial<typeof params> = {}) => {
  const agent = actOut(buyer, { ...params, ...overrides })
  return Array.from({ length: ticks }, (_, tick) => agent.turn(calmWorld({ ...changes, tick: tick + 1 })).requests ?? []).flat()
}

describe("buyer", () => {
  it("asks for as many jobs as it wants on average, and for half of them when demand halves", () => {
    const days = 200
    const usual = requestsOver(days * 4).length / days
    const weak = requestsOver(days * 4, { demandFactor: 0.5 }).length / days
    expect(Math.abs(usual - 20)).toBeLessThan(3.29 * Math.sqrt(20 / days))
    expect(Math.abs(weak - 10)).toBeLessThan(3.29 * Math.sqrt(10 / days))
  })

  it("never pays the network more than the job is worth, nor more than the discounted cloud", () => {
    for (const { limitUsdPerWorkHour, valueUsdPerWorkHour } of requestsOver(100)) {
      expect(limitUsdPerWorkHour).toBeLessThanOrEqual(valueUsdPerWorkHour)
      expect(limitUsdPerWorkHour).toBeLessThanOrEqual(2 * 0.75)
    }
    const poor = requestsOver(100, {}, { valueUsdPerWorkHour: 0.5, valueSigma: 0 })
    expect(poor.every(({ limitUsdPerWorkHour }) => limitUsdPerWorkHour === 0.5)).toBe(true)
  })

  it("takes the fees for opening and completing a job off its limit, so that small jobs go elsewhere first", () => {
    const [free, charged] = [requestsOver(50), requestsOver(50, { gas: { feeUsd: () => 0.5 } })]
    expect(charged.map(({ limitUsdPerWorkHour }) => limitUsdPerWorkHour)).toEqual(
      free.map(({ limitUsdPerWorkHour, workHoursPerGpu }) => limitUsdPerWorkHour - 1 / (workHoursPerGpu * 2)),
    )
  })

  it("saves up payments for running jobs until they are worth their fee, and takes those fees off its limit too", () => {
    const rules = { ...calmWorld().rules, market: { ...calmWorld().rules.market, payoutHours: 0.5 } }
    const paying = (releaseUsd: number) => ({ rules, gas: { feeUsd: (kind: string) => (kind === "market.release" ? releaseUsd : 0) } })
    const payoutMin = (releaseUsd: number) => actOut(buyer, params).turn(calmWorld(paying(releaseUsd))).payoutMinMicros
    expect([payoutMin(0), payoutMin(0.05)]).toEqual([0n, toMicros(0.5)])
    const [free, cheap, dear] = [0, 0.01, 1e3].map((releaseUsd) => requestsOver(50, paying(releaseUsd)))
    // A payment every half an hour of two GPUs' work; and never more than the part that payments may lose.
    for (const [index, { limitUsdPerWorkHour }] of free!.entries()) {
      expect(limitUsdPerWorkHour - cheap![index]!.limitUsdPerWorkHour).toBeCloseTo(0.01, 12)
      expect(dear![index]!.limitUsdPerWorkHour).toBeCloseTo(limitUsdPerWorkHour * 0.9, 12)
    }
  })

  it("follows the cloud's price down", () => {
    const cheap = requestsOver(100, {
      cloudUsdPerWorkHour: { training: 1, inference: 2, rendering: 2, gaming: 2, science: 2, storage: 1, coverage: 1, metering: 1 },
    })
    expect(Math.max(...cheap.map(({ limitUsdPerWorkHour }) => limitUsdPerWorkHour))).toBeCloseTo(0.75, 12)
  })

  it("brings dollars when its budget runs low, and not before", () => {
    const empty = actOut(buyer, params).turn(calmWorld())
    expect(actionsOf(empty, "dollar.onRamp")).toHaveLength(1)
    const rich = calmWorld({ ledger: { dollar: { supplyMicros: 0n, balanceMicros: new Map([["agent-1", toMicros(1e6)]]) } } })
    expect(actionsOf(actOut(buyer, params).turn(rich), "dollar.onRamp")).toHaveLength(0)
  })

  it("gives every job another name", () => {
    const ids = requestsOver(50).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
