import { describe, expect, it } from "vitest"
import { moment } from "../clock.ts"
import type { Profile } from "../profile.ts"
import { stream } from "../rng.ts"
import { type JobRequest, noJobs } from "./job.ts"
import { runJobs } from "./jobs.ts"
import type { SitePlan } from "./site.ts"
import { request } from "./stage.fixture.ts"
import type { Params as Terms } from "./terms.ts"
import { usualTerms } from "./terms.ts"

const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
const gpu: Profile = {
  id: "slow",
  label: "slow",
  date: "2026-01-01",
  memoryGib: 1,
  workHoursPerGpuHour: { training: figure(1) },
  loadWatts: figure(1),
  idleWatts: figure(1),
}
const plan = (askUsdPerGpuHour: number): SitePlan => ({
  gpu: "slow",
  gpusOn: 2,
  gpusOffered: 2,
  askUsdPerGpuHour,
  usdPerKwh: 0.1,
  hardwareUsdPerHour: 0,
})
const run = (requests: ReadonlyArray<JobRequest>, terms: Terms = usualTerms) =>
  runJobs(noJobs, {
    plans: new Map([
      ["cheap", plan(1)],
      ["dear", plan(3)],
    ]),
    requests,
    gpus: new Map([["slow", gpu]]),
    faults: () => ({ hoursBetweenFailures: 1e12, repairHours: 1, rng: stream("1", "never") }),
    now: moment({ start: "2026-01-01", days: 10, ticksPerDay: 4, epochDays: 1 }, 1),
    terms,
    rng: (purpose) => stream("1", purpose),
  })
const own = (id: string, changes: Partial<JobRequest> = {}) =>
  request(id, { only: new Set(["dear"]), privateUsdPerGpuHour: 0.25, cloudUsdPerWorkHour: Infinity, valueUsdPerWorkHour: 0, ...changes })
const matchings = [
  { kind: "bestPrice" },
  { kind: "firstCome" },
  { kind: "secondPriceAuction", bidders: 5 },
  { kind: "powerOfChoices", choices: 2 },
] as const

describe.each(matchings)("a job for named providers, where others are matched by $kind", (matching) => {
  const terms = { ...usualTerms, matching }

  it("goes to one of them at the agreed price, whatever the market would do", () => {
    expect(run([own("j")], terms).outcome.started).toMatchObject([{ provider: "dear", amountMicros: 250_000n }])
  })

  it("goes to nobody where they are full, and does not wait", () => {
    const { outcome, jobs } = run([own("a", { gpuCount: 2 }), own("b", { patienceHours: 5 })], terms)
    expect(outcome.started.map(({ request: { id } }) => id)).toEqual(["a"])
    expect(outcome.lost.map(({ id }) => id)).toEqual(["b"])
    expect(jobs.waiting).toEqual([])
  })
})

describe("a job for named providers", () => {
  it("takes the machines from the market while it runs", () => {
    const { outcome } = run([
      own("a", { gpuCount: 2, workHoursPerGpu: 5 }),
      ...["b", "c", "d"].map((id) => request(id, { arrivalHours: 0.5 })),
    ])
    expect(outcome.started.map(({ provider }) => provider)).toEqual(["dear", "cheap", "cheap"])
    expect(outcome.cloud.map(({ id }) => id)).toEqual(["d"])
  })

  it("passes a queue by", () => {
    const queued = { ...usualTerms, queue: { kind: "firstInFirstOut" as const, backfill: 0 } }
    const patient = request("patient", { gpuCount: 5, patienceHours: 6 })
    const { outcome } = run([patient, own("j", { arrivalHours: 1 })], queued)
    expect(outcome.started.map(({ request: { id } }) => id)).toContain("j")
  })

  it("pays what they ask, within its limit, where no price was agreed", () => {
    const { privateUsdPerGpuHour: _, ...open } = own("j")
    expect(run([open]).outcome.started).toMatchObject([{ provider: "dear", amountMicros: 3_000_000n }])
    expect(run([{ ...open, limitUsdPerWorkHour: 2 }]).outcome.lost).toHaveLength(1)
  })
})
