import { moment } from "../../sim/clock.ts"
import { type JobRequest, type Jobs, type JobsOutcome, noJobs } from "../../sim/jobs/job.ts"
import { runJobs } from "../../sim/jobs/jobs.ts"
import { jobKinds } from "../../sim/jobs/kinds/index.ts"
import type { SitePlan } from "../../sim/jobs/site.ts"
import type { Params as Terms } from "../../sim/jobs/terms.ts"
import type { Profile } from "../../sim/profile.ts"
import { type Rng, stream } from "../../sim/rng.ts"
import { mean } from "../../sim/stats/mean.ts"
import type { Estimate } from "./referenceCase.ts"

// The product's job market with nothing else around it: machines of one class that never break, and jobs of one work hour on average.

const one = { value: 1, provenance: "assumed", source: "one work hour an hour" } as const
const unit: Profile = {
  id: "unit",
  label: "unit",
  date: "2026-01-01",
  memoryGib: 1,
  workHoursPerGpuHour: Object.fromEntries(jobKinds.map((kind) => [kind, one])),
  loadWatts: one,
  idleWatts: one,
}

export const unitPlan = (askUsdPerGpuHour: number, gpus = 1): SitePlan => ({
  gpu: unit.id,
  gpusOn: gpus,
  gpusOffered: gpus,
  askUsdPerGpuHour,
  usdPerKwh: 0,
  hardwareUsdPerHour: 0,
})

export const unitRequest = (id: string, changes: Partial<JobRequest> = {}): JobRequest => ({
  id,
  buyer: "buyer",
  kind: "science",
  gpuCount: 1,
  workHoursPerGpu: 1,
  arrivalHours: 0,
  limitUsdPerWorkHour: 1,
  cloudUsdPerWorkHour: 1,
  valueUsdPerWorkHour: 1,
  ...changes,
})

/** Sites that all ask the same. */
export const alike = (count: number): ReadonlyMap<string, SitePlan> =>
  new Map(Array.from({ length: count }, (_, index) => [`site-${String(index).padStart(6, "0")}`, unitPlan(0.5)]))

const calendar = { start: "2026-01-01", days: 1e6, ticksPerDay: 1, epochDays: 1 }
export const tickHours = 24

/** One tick of the market. Escrow is left out: who is paid changes nothing about who waits. */
export const tickOf = (
  before: Jobs,
  tick: number,
  plans: ReadonlyMap<string, SitePlan>,
  requests: ReadonlyArray<JobRequest>,
  terms: Terms,
  rng: Rng,
): { readonly jobs: Jobs; readonly outcome: JobsOutcome } =>
  runJobs(
    { ...before, toSettle: [] },
    {
      plans,
      requests,
      gpus: new Map([[unit.id, unit]]),
      faults: () => ({ hoursBetweenFailures: 1e15, repairHours: 1, rng: never }),
      now: moment(calendar, tick),
      terms,
      rng: () => rng,
    },
  )

const never = stream("validation", "never")

/** Plays a Poisson stream of jobs for so many ticks, the first ones to forget the beginning, and shows the others. */
export const playStream = (
  settings: {
    readonly seed: string
    readonly plans: ReadonlyMap<string, SitePlan>
    readonly terms: Terms
    readonly jobsPerHour: number
    readonly workHours: (rng: Rng) => number
    readonly warmTicks: number
    readonly ticks: number
    readonly patienceHours?: number
  },
  onTick: (tick: { readonly jobs: Jobs; readonly outcome: JobsOutcome; readonly asked: number; readonly hours: number }) => void,
): void => {
  const { seed, plans, terms, jobsPerHour, workHours, warmTicks, ticks, patienceHours = 0 } = settings
  const [gaps, lengths, draws] = [stream(seed, "gaps"), stream(seed, "lengths"), stream(seed, "draws")]
  let jobs = noJobs
  let at = gaps.exponential(1 / jobsPerHour)
  for (let tick = 1; tick <= warmTicks + ticks; tick++) {
    const requests: Array<JobRequest> = []
    const start = (tick - 1) * tickHours
    for (; at < start + tickHours; at += gaps.exponential(1 / jobsPerHour))
      requests.push(
        unitRequest(`${tick}/${requests.length}`, { arrivalHours: at - start, workHoursPerGpu: workHours(lengths), patienceHours }),
      )
    const { jobs: next, outcome } = tickOf(jobs, tick, plans, requests, terms, draws)
    if (tick > warmTicks) onTick({ jobs: next, outcome, asked: requests.length, hours: tick * tickHours })
    jobs = next
  }
}

/** The mean over seeds, and its standard error. */
export const estimateOf = (values: ReadonlyArray<number>): Estimate => {
  const middle = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
  return { mean: middle, standardError: Math.sqrt(variance / values.length) }
}
