import { describe, expect, it } from "vitest"
import { moment } from "../clock.ts"
import { runJobs } from "../jobs/jobs.ts"
import { type JobRequest, type Jobs, noJobs } from "../jobs/job.ts"
import type { SitePlan } from "../jobs/site.ts"
import { closeEpoch, noWork } from "../jobs/work.ts"
import type { Profile } from "../profile.ts"
import { stream } from "../rng.ts"
import { calm, type SitePorts } from "./ports.ts"
import { addShadow, noShadow } from "./shadow.ts"

const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
const profile = {
  id: "gpu",
  label: "gpu",
  date: "2026-01-01",
  memoryGib: 1,
  workHoursPerGpuHour: { training: figure(1), inference: figure(1), rendering: figure(1) },
  loadWatts: figure(1),
  idleWatts: figure(1),
} as unknown as Profile
const gpus = new Map([["gpu", profile]])
const plan: SitePlan = { gpu: "gpu", gpusOn: 1, gpusOffered: 1, askUsdPerGpuHour: 1, usdPerKwh: 0, hardwareUsdPerHour: 0 }
const request = (id: string, arrivalHours: number, workHoursPerGpu: number): JobRequest => ({
  id,
  buyer: "buyer",
  kind: "training",
  gpuCount: 1,
  workHoursPerGpu,
  arrivalHours,
  limitUsdPerWorkHour: 10,
  cloudUsdPerWorkHour: 1,
  valueUsdPerWorkHour: 10,
})
const calendar = { start: "2026-01-01", days: 100, ticksPerDay: 4, epochDays: 1 }
const never = () => ({ hoursBetweenFailures: 1e12, repairHours: 1, rng: stream("1", "never") })
const tick = (number: number, before: Jobs, requests: ReadonlyArray<JobRequest>, ports: Partial<SitePorts> = {}) =>
  runJobs(before, {
    plans: new Map([["site", plan]]),
    requests,
    gpus,
    faults: never,
    ports: { ...calm, ...ports },
    now: moment(calendar, number),
  })
const ids = (jobs: ReadonlyArray<{ readonly request: JobRequest }>) => jobs.map((job) => job.request.id)

describe("a breakdown", () => {
  const breakdowns = (provider: string) => (provider === "site" ? [{ afterHours: 2, repairHours: 3 }] : [])

  it("kills what runs, takes nothing until the repair, and is over then", () => {
    const { outcome, jobs } = tick(1, noJobs, [request("dies", 0, 10), request("too-early", 4, 1), request("after", 5, 1)], { breakdowns })
    expect([ids(outcome.failed), ids(outcome.cloud.map((one) => ({ request: one }))), ids(outcome.started)]).toEqual([
      ["dies"],
      ["too-early"],
      ["dies", "after"],
    ])
    expect(jobs.sites.get("site")).toMatchObject({ onGpuHours: 3, busyGpuHours: 3 })
  })

  it("does not end earlier for a second one that is shorter", () => {
    const two = () => [...breakdowns("site"), { afterHours: 3, repairHours: 0.5 }]
    expect(tick(1, noJobs, [], { breakdowns: two }).jobs.sites.get("site")!.downUntilHours).toBe(5)
  })

  it("that lasts to the end of the tick gives the next one a whole site", () => {
    const dark = tick(1, noJobs, [], { breakdowns: () => [{ afterHours: 0, repairHours: 6 }] })
    expect(ids(tick(2, dark.jobs, [request("first", 0, 1)]).outcome.completed)).toEqual(["first"])
  })
})

describe("slow GPUs", () => {
  const speed = () => 0.5

  it("need twice as long for what they do in the tick, and go on at full speed after it", () => {
    const slow = tick(1, noJobs, [request("short", 0, 1), request("long", 2, 5)], { speed })
    expect(ids(slow.outcome.completed)).toEqual(["short"])
    // From hour 2 to 6 half of four hours are done; three are left.
    expect(slow.jobs.running[0]).toMatchObject({ startHours: 2, endHours: 9 })
    expect(tick(2, slow.jobs, []).outcome.completed[0]).toMatchObject({ endHours: 9 })
    // At half speed the three hours take the whole of the second tick.
    expect(tick(2, slow.jobs, [], { speed }).jobs.running[0]).toMatchObject({ endHours: 12 })
    expect(tick(2, slow.jobs, [], { speed: () => 0.25 }).jobs.running[0]).toMatchObject({ endHours: 13.5 })
  })

  it("do less work, in the sight of oracles or out of it", () => {
    const { jobs } = tick(1, noJobs, [])
    const work = (ports: Parameters<typeof addShadow>[3]) => {
      const shadow = addShadow(noShadow, new Map(), jobs.sites, ports)
      const { doneMillis, seenMillis } = closeEpoch(noWork, 0, jobs.sites, gpus, 0, () => stream("1", "sight"), shadow)
      return [doneMillis.get("site"), seenMillis.get("site")]
    }
    expect(work(calm)).toEqual([6000n, 6000n])
    expect(work({ ...calm, speed })).toEqual([3000n, 3000n])
    expect(work({ ...calm, hidesFromOracles: () => true })).toEqual([6000n, 0n])
    expect(work({ speed, hidesFromOracles: () => true })).toEqual([3000n, 0n])
  })
})

it("a site that buyers cannot reach gets no new job, and finishes those that it has", () => {
  const running = tick(1, noJobs, [request("old", 5, 2)])
  const { outcome } = tick(2, running.jobs, [request("new", 3, 1)], { hidesFromBuyers: () => true })
  expect([ids(outcome.completed), ids(outcome.started)]).toEqual([["old"], []])
})

it.each([
  ["clean", { completed: 1, failed: 0, corrupted: 0 }],
  ["refused", { completed: 0, failed: 1, corrupted: 0 }],
  ["unnoticed", { completed: 1, failed: 0, corrupted: 1 }],
] as const)("a result that is %s is counted as that, and is settled as that", (quality, counts) => {
  const { outcome, jobs } = tick(1, noJobs, [request("j", 0, 1)], { quality: () => quality })
  for (const [name, count] of Object.entries(counts)) expect(outcome[name as keyof typeof counts]).toHaveLength(count)
  expect(jobs.toSettle[0]!.outcome).toBe(quality === "refused" ? "failed" : "completed")
})
