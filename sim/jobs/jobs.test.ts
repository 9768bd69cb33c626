import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { namedStreams } from "../actor.ts"
import { moment } from "../clock.ts"
import type { Profile } from "../profile.ts"
import { stream } from "../rng.ts"
import { type JobRequest, type Jobs, noJobs } from "./job.ts"
import { type JobsInput, runJobs } from "./jobs.ts"
import { dropUnpaid, escrowedUsd, escrowOrders, payRunning } from "./settlement/perJob.ts"
import type { SitePlan } from "./site.ts"
import { calendar, never, request } from "./stage.fixture.ts"

const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
const gpu = (id: string, rate: number): [string, Profile] => [
  id,
  {
    id,
    label: id,
    date: "2026-01-01",
    memoryGib: 1,
    workHoursPerGpuHour: { training: figure(rate), inference: figure(rate), rendering: figure(rate) },
    loadWatts: figure(1),
    idleWatts: figure(1),
  },
]
const gpus = new Map([gpu("slow", 1), gpu("fast", 2)])
const plan = (askUsdPerGpuHour: number, gpusOffered = 1, kind = "slow"): SitePlan => ({
  gpu: kind,
  gpusOn: gpusOffered,
  gpusOffered,
  askUsdPerGpuHour,
  usdPerKwh: 0.1,
  hardwareUsdPerHour: 0,
})
const tick = (
  number: number,
  jobs: Jobs,
  plans: Record<string, SitePlan>,
  requests: ReadonlyArray<JobRequest>,
  faults: JobsInput["faults"] = never,
  payout: { readonly hours: number; readonly minMicros: bigint } = { hours: 0, minMicros: 0n },
) => {
  const now = moment(calendar, number)
  const paid = payRunning(jobs, now, { payoutHours: payout.hours, payoutMinMicros: () => payout.minMicros })
  const market = runJobs(paid.jobs, { plans: new Map(Object.entries(plans)), requests, gpus, faults, now })
  return { ...market, actions: escrowOrders(jobs.toSettle, paid.payouts, market.outcome.started, now) }
}

describe("job market", () => {
  it("gives the job to whoever does the work for least, not to the lowest hourly price", () => {
    const { outcome } = tick(1, noJobs, { a: plan(3), b: plan(4, 1, "fast") }, [request("j")])
    expect(outcome.started[0]).toMatchObject({ provider: "b", gpuHours: 0.5, amountMicros: 2_000_000n })
  })

  it("breaks ties by name, whatever the order of the offers", () => {
    expect(tick(1, noJobs, { b: plan(3), a: plan(3) }, [request("j")]).outcome.started[0]!.provider).toBe("a")
  })

  it("sends a job to the cloud when the network is dear, and loses it when the cloud is too", () => {
    const dear = tick(1, noJobs, { a: plan(20) }, [
      request("rich"),
      request("poor", { valueUsdPerWorkHour: 4, limitUsdPerWorkHour: 4 }),
    ]).outcome
    expect([dear.cloud.map(({ id }) => id), dear.lost.map(({ id }) => id)]).toEqual([["rich"], ["poor"]])
  })

  it("frees a GPU for a job that arrives at the moment when another ends", () => {
    const { outcome } = tick(1, noJobs, { a: plan(1) }, [request("first"), request("second", { arrivalHours: 1 })])
    expect(outcome.started).toHaveLength(2)
    expect(outcome.completed).toHaveLength(2)
  })

  it("carries a long job over ticks, and releases its escrow in the tick after its end", () => {
    const first = tick(1, noJobs, { a: plan(1) }, [request("long", { workHoursPerGpu: 10 })])
    expect(first.actions).toEqual([
      { agent: "buyer", action: expect.objectContaining({ kind: "market.open", slot: 0, amountMicros: 10_000_000n }) },
    ])
    const second = tick(2, first.jobs, { a: plan(1) }, [])
    expect([second.outcome.completed.length, second.actions.length, escrowedUsd(second.jobs)]).toEqual([1, 0, 10])
    const third = tick(3, second.jobs, { a: plan(1) }, [])
    expect(third.actions).toEqual([{ agent: "buyer", action: { kind: "market.complete", slot: 0 } }])
    expect(third.jobs.sites.get("a")).toMatchObject({ busyGpus: 0, busyGpuHours: 10, onGpuHours: 18 })
  })

  describe("that pays while jobs run", () => {
    const long = request("long", { workHoursPerGpu: 20, arrivalHours: 1 })
    const released = ({ actions }: ReturnType<typeof tick>) =>
      actions.flatMap(({ action }) => (action.kind === "market.release" ? [action.amountMicros] : []))
    const play = (payout: { readonly hours: number; readonly minMicros: bigint }) => {
      const ticks = [tick(1, noJobs, { a: plan(1) }, [long], never, payout)]
      for (let number = 2; number <= 5; number++) ticks.push(tick(number, ticks.at(-1)!.jobs, { a: plan(1) }, [], never, payout))
      return ticks
    }

    it("releases the whole periods that have run, and leaves the rest to the end", () => {
      // 20 dollars over the hours 1 to 21; ticks begin at 0, 6, 12, 18 and 24 h.
      expect(play({ hours: 2, minMicros: 0n }).map(released)).toEqual([[], [4_000_000n], [6_000_000n], [6_000_000n], []])
      expect(play({ hours: 24, minMicros: 0n }).flatMap(released)).toEqual([])
      expect(play({ hours: 0, minMicros: 0n }).flatMap(released)).toEqual([])
      const last = play({ hours: 2, minMicros: 0n }).at(-1)!
      expect(last.actions).toEqual([{ agent: "buyer", action: { kind: "market.complete", slot: 0 } }])
      expect(play({ hours: 2, minMicros: 0n }).map(({ jobs }) => escrowedUsd(jobs))).toEqual([20, 16, 10, 4, 0])
    })

    it("saves small payments up to what the buyer thinks worth a transaction", () => {
      expect(play({ hours: 2, minMicros: 5_000_000n }).map(released)).toEqual([[], [], [10_000_000n], [6_000_000n], []])
    })

    it("never releases everything before the end, however little there is", () => {
      fc.assert(
        fc.property(fc.double({ min: 1e-6, max: 3, noNaN: true }), fc.double({ min: 0.05, max: 8, noNaN: true }), (ask, hours) => {
          let jobs = noJobs
          let left = 0n
          for (let number = 1; number <= 8; number++) {
            const requests = number === 1 ? [request("j", { workHoursPerGpu: 40 })] : []
            const next = tick(number, jobs, { a: plan(ask) }, requests, never, { hours, minMicros: 0n })
            for (const { action } of next.actions) {
              if (action.kind === "market.open") left = action.amountMicros
              if (action.kind === "market.release") left -= action.amountMicros
              expect(left > 0n).toBe(true)
            }
            jobs = next.jobs
          }
        }),
        { numRuns: 100 },
      )
    })
  })

  it("refunds the jobs of a site that breaks, and takes none until it is repaired", () => {
    const faults = () => ({ hoursBetweenFailures: 0.001, repairHours: 1e6, rng: stream("1", "soon") })
    const first = tick(1, noJobs, { a: plan(1) }, [request("early"), request("late", { arrivalHours: 3 })], faults)
    expect(first.outcome.failed.map(({ request: { id } }) => id)).toEqual(["early"])
    expect(first.outcome.cloud.map(({ id }) => id)).toEqual(["late"])
    expect(tick(2, first.jobs, { a: plan(1) }, [], faults).actions).toEqual([
      { agent: "a", action: { kind: "market.refund", buyer: "buyer", slot: 0 } },
    ])
  })

  it("finishes what runs when its provider stops offering", () => {
    const first = tick(1, noJobs, { a: plan(1) }, [request("long", { workHoursPerGpu: 10 })])
    expect(tick(2, first.jobs, {}, [request("new", { arrivalHours: 1 })]).outcome).toMatchObject({
      completed: [expect.anything()],
      cloud: [expect.anything()],
    })
  })

  it("takes back a job whose escrow was refused", () => {
    const first = tick(1, noJobs, { a: plan(1) }, [request("long", { workHoursPerGpu: 10 })])
    const order = { agent: "buyer", action: first.actions[0]!.action, tipWei: 0n }
    const jobs = dropUnpaid(first.jobs, [{ order, status: "reverted", reason: "poor", facts: [] }], 6)
    expect([jobs.running, jobs.sites.get("a")!.busyGpus]).toEqual([[], 0])
  })

  it("never gives away more GPUs than are offered, never loses a request, and never uses a slot twice", () => {
    const aRequest = fc.record({
      gpuCount: fc.integer({ min: 1, max: 3 }),
      workHoursPerGpu: fc.double({ min: 0.1, max: 20, noNaN: true }),
      arrivalHours: fc.double({ min: 0, max: 5.99, noNaN: true }),
      limitUsdPerWorkHour: fc.double({ min: 0.1, max: 3, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(fc.array(aRequest, { maxLength: 12 }), { minLength: 1, maxLength: 8 }), fc.integer(), (ticks, seed) => {
        const streams = namedStreams(String(seed), "world")
        const faults = (provider: string) => ({ hoursBetweenFailures: 20, repairHours: 2, rng: streams(provider) })
        let jobs = noJobs
        ticks.forEach((requests, index) => {
          const named = requests.map((changes, place) => request(`${index}/${place}`, changes))
          const { jobs: next, outcome, actions } = tick(index + 1, jobs, { a: plan(1, 4), b: plan(2, 2, "fast") }, named, faults)
          expect(outcome.started.length + outcome.cloud.length + outcome.lost.length).toBe(named.length)
          for (const [provider, site] of next.sites) {
            const busy = next.running.filter((job) => job.provider === provider).reduce((sum, job) => sum + job.request.gpuCount, 0)
            expect(site.busyGpus).toBe(busy)
            expect(busy).toBeLessThanOrEqual(site.plan.gpusOffered)
          }
          const slots = [...next.running, ...next.toSettle.map(({ job }) => job)].map(({ slot }) => slot)
          expect(new Set(slots).size).toBe(slots.length)
          const settled = actions.filter(({ action }) => action.kind !== "market.open").length
          expect(settled).toBe(jobs.toSettle.length)
          jobs = next
        })
      }),
      { numRuns: 200 },
    )
  })
})
