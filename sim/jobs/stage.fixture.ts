import { moment } from "../clock.ts"
import type { Profile } from "../profile.ts"
import { stream } from "../rng.ts"
import { type JobRequest, type Jobs, noJobs } from "./job.ts"
import { type JobsInput, runJobs } from "./jobs.ts"
import type { SitePlan } from "./site.ts"

// A small market for tests: two classes of hardware, ticks of six hours, nothing that breaks unless a test says so.

const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
const gpu = (id: string, rate: number, gaming?: number): [string, Profile] => [
  id,
  {
    id,
    label: id,
    date: "2026-01-01",
    memoryGib: 1,
    workHoursPerGpuHour: {
      training: figure(rate),
      inference: figure(rate),
      rendering: figure(rate),
      science: figure(rate),
      ...(gaming === undefined ? {} : { gaming: figure(gaming) }),
    },
    loadWatts: figure(1),
    idleWatts: figure(1),
  },
]
export const gpus = new Map([gpu("slow", 1, 0.5), gpu("fast", 2)])

export const plan = (askUsdPerGpuHour: number, gpusOffered = 1, kind = "slow", region?: string): SitePlan => ({
  gpu: kind,
  gpusOn: gpusOffered,
  gpusOffered,
  askUsdPerGpuHour,
  usdPerKwh: 0.1,
  hardwareUsdPerHour: 0,
  ...(region === undefined ? {} : { region }),
})

export const request = (id: string, changes: Partial<JobRequest> = {}): JobRequest => ({
  id,
  buyer: "buyer",
  kind: "training",
  gpuCount: 1,
  workHoursPerGpu: 1,
  arrivalHours: 0,
  limitUsdPerWorkHour: 10,
  cloudUsdPerWorkHour: 5,
  valueUsdPerWorkHour: 10,
  ...changes,
})

export const calendar = { start: "2026-01-01", days: 10_000, ticksPerDay: 4, epochDays: 1 }
export const never = () => ({ hoursBetweenFailures: 1e12, repairHours: 1, rng: stream("1", "never") })

/** Plays ticks one after the other; `given` says what each tick has. */
export const play = (
  plans: Readonly<Record<string, SitePlan>>,
  given: ReadonlyArray<Partial<JobsInput>>,
  changes: Partial<JobsInput> = {},
): ReadonlyArray<ReturnType<typeof runJobs>> => {
  const ticks: Array<ReturnType<typeof runJobs>> = []
  let jobs: Jobs = noJobs
  for (const [index, own] of given.entries()) {
    const now = moment(calendar, index + 1)
    ticks.push(runJobs(jobs, { plans: new Map(Object.entries(plans)), requests: [], gpus, faults: never, now, ...changes, ...own }))
    jobs = ticks.at(-1)!.jobs
  }
  return ticks
}
