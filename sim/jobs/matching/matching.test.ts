import { Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { namedStreams } from "../../actor.ts"
import { learn, reputationOf } from "../reputation.ts"
import type { SitePlan } from "../site.ts"
import { plan, play, request } from "../stage.fixture.ts"
import { Params as Terms } from "../terms.ts"
import { equilibriumBid } from "./sealedBid.ts"

const under = (matching: object, queue: object = { kind: "none" }) => ({
  terms: Schema.decodeUnknownSync(Terms)({ matching, queue }),
  rng: namedStreams("1", "matching"),
})
const startedBy = (
  matching: object,
  plans: Readonly<Record<string, SitePlan>>,
  changes: Parameters<typeof request>[1] = {},
  more: object = {},
) => play(plans, [{ requests: [request("job", changes)] }], { ...under(matching), ...more })[0]!.outcome.started

describe("a policy", () => {
  it("of reputation passes over a cheap provider that breaks jobs, and does not where reputation has no weight", () => {
    const reputation = (provider: string) => (provider === "bad" ? 0.2 : 0.9)
    const plans = { bad: plan(1), good: plan(2) }
    expect(startedBy({ kind: "reputation", weight: 2 }, plans, {}, { reputation })[0]!.provider).toBe("good")
    expect(startedBy({ kind: "reputation", weight: 0 }, plans, {}, { reputation })[0]!.provider).toBe("bad")
    // The better one is too dear for this buyer.
    expect(startedBy({ kind: "reputation", weight: 2 }, plans, { limitUsdPerWorkHour: 1.5 }, { reputation })[0]!.provider).toBe("bad")
  })

  it("of latency takes the near provider when a second is worth more than the difference of their prices", () => {
    const roundTripMs = (from?: string, to?: string) => (from === to ? 0 : 500)
    const plans = { far: plan(1, 1, "slow", "there"), near: plan(1.4, 1, "slow", "here") }
    const to = (usdPerWorkHourPerSecond: number) =>
      startedBy({ kind: "latency", usdPerWorkHourPerSecond }, plans, { region: "here" }, { roundTripMs })[0]!.provider
    expect([to(0.7), to(0.9)]).toEqual(["far", "near"])
  })

  it("of surge pays all the posted price, which rises with the load, and keeps out those whom it does not cover", () => {
    const surge = { kind: "surge", cloudShare: 0.2, targetShare: 0.5, slope: 1, factorMin: 0.5, factorMax: 2 }
    const cheap = { ...plan(3), floorUsdPerGpuHour: 0.1 }
    const [tick] = play({ a: cheap, b: cheap }, [{ requests: [request("x"), request("y", { arrivalHours: 0.1 })] }], under(surge))
    // Nobody is busy, and then one of two; the cloud takes 5 dollars.
    expect(tick!.outcome.started.map(({ amountMicros }) => amountMicros)).toEqual([500_000n, 1_000_000n])
    expect(startedBy(surge, { a: { ...plan(3), floorUsdPerGpuHour: 0.6 } })).toEqual([])
    expect(startedBy(surge, { a: cheap }, { limitUsdPerWorkHour: 0.4 })).toEqual([])
  })

  it("of gangs spreads training that no site has room for, all or nothing, and stops all pieces with the one that breaks", () => {
    const plans = { a: plan(1, 2), b: plan(2, 2), c: plan(3, 2) }
    const gang = { kind: "gang", sitesMax: 3, slowdownPerSiteShare: 0.1 }
    const pieces = startedBy(gang, plans, { gpuCount: 5 })
    expect(pieces.map(({ provider, gpuCount }) => [provider, gpuCount])).toEqual([
      ["a", 2],
      ["b", 2],
      ["c", 1],
    ])
    expect(pieces[0]!.endHours).toBeCloseTo(1.2, 12)
    expect(startedBy(gang, plans, { gpuCount: 7 })).toEqual([])
    expect(startedBy(gang, plans, { gpuCount: 5, kind: "rendering" })).toEqual([])
    expect(startedBy({ ...gang, sitesMax: 2 }, plans, { gpuCount: 5 })).toEqual([])
  })

  it("of one line lets only so many go before one that does not fit", () => {
    const jobs = [
      request("first", { gpuCount: 1, workHoursPerGpu: 4 }),
      request("large", { gpuCount: 2, arrivalHours: 1, patienceHours: 100 }),
      request("small", { arrivalHours: 2, patienceHours: 100 }),
    ]
    const order = (backfill: number) =>
      play(
        { a: plan(1, 2) },
        [{ requests: jobs }],
        under({ kind: "bestPrice" }, { kind: "firstInFirstOut", backfill }),
      )[0]!.outcome.started.map(({ request: { id }, startHours }) => [id, startHours])
    expect(order(0)).toEqual([
      ["first", 0],
      ["large", 4],
      ["small", 5],
    ])
    expect(order(1)).toEqual([
      ["first", 0],
      ["small", 2],
      ["large", 4],
    ])
  })
})

describe("the equilibrium bid", () => {
  it("is a share 1/n of the way from the cost to the limit, for one unit", () => {
    for (const bidders of [2, 5, 20]) expect(equilibriumBid(0.3, 1, bidders, 1)).toBeCloseTo(0.3 + 0.7 / bidders, 12)
  })

  it("is above the cost, below the limit, and rises with the cost", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 10 }),
        (cost, bidders, units) => {
          const bid = equilibriumBid(2 * cost, 2, bidders, units)
          expect(bid).toBeGreaterThan(2 * cost)
          expect(bid).toBeLessThanOrEqual(2 + 1e-9)
          expect(equilibriumBid(2 * cost + 0.01, 2, bidders, units)).toBeGreaterThanOrEqual(bid - 1e-9)
        },
      ),
    )
  })
})

it("a reputation begins at a half, follows what was done, and fades", () => {
  const job = { provider: "p" } as never
  const terms = { halfLifeDays: 1, slashCount: 3 }
  const good = learn(new Map(), terms, 0, { completed: [job, job], failed: [] }, [])
  expect([reputationOf(new Map(), "p"), reputationOf(good, "p")]).toEqual([0.5, 0.75])
  expect(reputationOf(learn(good, terms, 1, { completed: [], failed: [] }, []), "p")).toBeCloseTo(2 / 3, 12)
  // Where there is a court, a slashed stake is seized first.
  for (const kind of ["registry.slashed", "registry.seized"] as const) {
    const slash = { kind, provider: "p", amountWei: 1n }
    expect(reputationOf(learn(good, terms, 0, { completed: [], failed: [job] }, [slash]), "p")).toBeCloseTo(3 / 8, 12)
  }
})
