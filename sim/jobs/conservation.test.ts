import { Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { namedStreams } from "../actor.ts"
import { moment } from "../clock.ts"
import type { Receipt } from "../ledger.ts"
import { conservation } from "./conservation.ts"
import { type JobRequest, noJobs } from "./job.ts"
import { runJobs } from "./jobs.ts"
import { JobSchema, type JobTerms } from "./kinds/index.ts"
import { dropUnpaid, escrowOrders } from "./settlement/perJob.ts"
import type { SitePlan } from "./site.ts"
import { calendar, gpus, plan, request } from "./stage.fixture.ts"
import { Params as Terms } from "./terms.ts"

const policies = [
  { kind: "bestPrice" },
  { kind: "firstCome" },
  { kind: "firstPriceAuction", bidders: 3 },
  { kind: "secondPriceAuction", bidders: 2 },
  { kind: "surge", cloudShare: 0.5 },
  { kind: "powerOfChoices", choices: 2 },
  { kind: "reputation" },
  { kind: "latency" },
  { kind: "gang", sitesMax: 3 },
]
const queues = [{ kind: "none" }, { kind: "firstInFirstOut", backfill: 2 }]
const characters = [
  undefined,
  { kind: "training", checkpointHours: 0.5, restartsMax: 3 },
  { kind: "inference", loadShare: 0.2 },
  { kind: "rendering", frames: 3, retriesMax: 2 },
  { kind: "gaming" },
  { kind: "science", restartsMax: 2 },
].map((terms) => (terms === undefined ? undefined : (Schema.decodeUnknownSync(JobSchema)(terms) as JobTerms)))

const aRequest = fc.record({
  terms: fc.constantFrom(...characters),
  gpuCount: fc.integer({ min: 1, max: 3 }),
  workHoursPerGpu: fc.double({ min: 0.1, max: 20, noNaN: true }),
  arrivalHours: fc.oneof(fc.constantFrom(0, 1, 2), fc.double({ min: 0, max: 5.99, noNaN: true })),
  limitUsdPerWorkHour: fc.double({ min: 0.1, max: 3, noNaN: true }),
  patienceHours: fc.constantFrom(0, 1, 9),
})
const aMarket = fc.record({
  ticks: fc.array(fc.array(aRequest, { maxLength: 10 }), { minLength: 1, maxLength: 6 }),
  matching: fc.constantFrom(...policies),
  queue: fc.constantFrom(...queues),
  seed: fc.integer(),
  refused: fc.constantFrom(0, 0.2),
})
type Market = typeof aMarket extends fc.Arbitrary<infer M> ? M : never

const named = (changes: Market["ticks"][number][number], id: string): JobRequest => {
  const { terms, ...rest } = changes
  const parts = terms?.kind === "rendering" ? [0.5, 0.3, 0.2].map((share) => share * rest.workHoursPerGpu) : undefined
  return request(id, { ...rest, kind: terms?.kind ?? "training", ...(terms && { terms }), ...(parts && { parts }) })
}

type Order = <T>(list: ReadonlyArray<T>) => ReadonlyArray<T>
const asGiven: Order = (list) => list
const turned: Order = (list) => list.toReversed()

/** Plays a market on sites that break often; some escrows are refused. */
const play = ({ ticks, matching, queue, seed, refused }: Market, orderRequests = asGiven, orderSites = asGiven) => {
  const streams = namedStreams(String(seed), "world")
  const terms = Schema.decodeUnknownSync(Terms)({ matching, queue })
  const plans = new Map<string, SitePlan>(
    orderSites([["a", plan(1, 4)] as const, ["b", plan(2, 2, "fast")] as const, ["c", plan(1, 3)] as const]),
  )
  let jobs = noJobs
  return ticks.map((requests, index) => {
    const now = moment(calendar, index + 1)
    const market = runJobs(jobs, {
      plans,
      requests: orderRequests(requests.map((changes, place) => named(changes, `${index}/${place}`))),
      gpus,
      faults: (provider) => ({ hoursBetweenFailures: 15, repairHours: 2, rng: streams(provider) }),
      now,
      terms,
      reputation: (provider) => (provider === "a" ? 0.5 : 0.9),
      rng: streams,
    })
    const receipts = escrowOrders([], [], market.outcome.started, now).map(({ agent, action }): Receipt => {
      const order = { agent, action, tipWei: 0n }
      return streams("refused").chance(refused)
        ? { order, status: "reverted", reason: "poor", facts: [] }
        : { order, status: "ok", reason: "", facts: [] }
    })
    const before = jobs
    jobs = dropUnpaid(market.jobs, receipts, (index + 1) * now.hours)
    return { before, outcome: market.outcome, jobs, hours: (index + 1) * now.hours, plans }
  })
}

describe("the job market", () => {
  it("loses no job and no hour, and never gives away more GPUs than are offered, whatever the policy and the trouble", () => {
    fc.assert(
      fc.property(aMarket, (market) => {
        for (const { outcome, jobs, hours, plans } of play(market)) {
          expect(conservation(jobs, hours)).toBeUndefined()
          for (const [provider, { busyGpus }] of jobs.sites) expect(busyGpus).toBeLessThanOrEqual(plans.get(provider)!.gpusOffered)
          for (const { endHours, startHours, amountMicros } of outcome.started)
            expect(endHours > startHours && amountMicros > 0n).toBe(true)
          const slots = [...jobs.running, ...jobs.toSettle.map(({ job }) => job)].map(({ slot }) => slot)
          expect(new Set(slots).size).toBe(slots.length)
        }
      }),
      { numRuns: 400 },
    )
  })

  it("does not depend on the order in which requests and sites are given", () => {
    fc.assert(
      fc.property(aMarket, (market) => {
        const strip = (ticks: ReturnType<typeof play>) =>
          ticks.map(({ outcome, jobs }) => ({ outcome, tally: jobs.tally, running: jobs.running, waiting: jobs.waiting }))
        // Some policies draw sites by their place in the list, which the run keeps in the order of ids.
        const draws = ["firstPriceAuction", "secondPriceAuction", "powerOfChoices"].includes(market.matching.kind)
        expect(strip(play(market, turned, draws ? asGiven : turned))).toEqual(strip(play(market)))
      }),
      { numRuns: 150 },
    )
  })

  it("notices a job that is missing, GPUs that nobody uses, and an hour too many", () => {
    const market = runJobs(noJobs, {
      plans: new Map([["a", plan(1)]]),
      requests: [request("job", { workHoursPerGpu: 10 })],
      gpus,
      faults: () => ({ hoursBetweenFailures: 1e12, repairHours: 1, rng: namedStreams("1", "x")("y") }),
      now: moment(calendar, 1),
    }).jobs
    expect(conservation(market, 6)).toBeUndefined()
    expect(conservation({ ...market, running: [] }, 6)).toMatch(/jobs that wait or run: found 0, expected 1/)
    expect(conservation({ ...market, sites: new Map([["a", { ...market.sites.get("a")!, busyGpus: 0 }]]) }, 6)).toMatch(/busy GPUs of a/)
    expect(conservation({ ...market, tally: { ...market.tally, areaHours: 6.00001 } }, 6)).toMatch(/hours of jobs/)
  })
})
