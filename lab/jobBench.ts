import type { Figure } from "../chain/bench.ts"
import { namedStreams } from "../sim/actor.ts"
import { moment } from "../sim/clock.ts"
import { type JobRequest, noJobs } from "../sim/jobs/job.ts"
import { runJobs } from "../sim/jobs/jobs.ts"
import { jobKinds } from "../sim/jobs/kinds/index.ts"
import type { SitePlan } from "../sim/jobs/site.ts"
import type { Profile } from "../sim/profile.ts"
import { growthExponent } from "./scale/growth.ts"

const calendar = { start: "2026-01-01", days: 30, ticksPerDay: 4, epochDays: 1 }
const ticks = calendar.days * calendar.ticksPerDay
const figure = (value: number) => ({ value, provenance: "assumed", source: "bench" }) as const

/** Four classes of hardware, which differ by a factor of eight. */
const gpus: ReadonlyMap<string, Profile> = new Map(
  [0.5, 1, 2, 4].map((rate): [string, Profile] => [
    `gpu-${rate}`,
    {
      id: `gpu-${rate}`,
      label: "bench",
      date: "2026-01-01",
      memoryGib: 1,
      workHoursPerGpuHour: Object.fromEntries(jobKinds.map((kind) => [kind, figure(rate)])),
      loadWatts: figure(1),
      idleWatts: figure(1),
    },
  ]),
)

interface Measured {
  readonly seconds: number
  readonly eventsPerSecond: number
}

/** Thirty days in which so many jobs come to so many sites of eight GPUs that break as in the baseline. The engine alone, without escrow. */
const playMonth = (siteCount: number, jobCount: number): Measured => {
  const rng = namedStreams("bench", "jobs")
  const draws = rng("jobs")
  const classes = [...gpus.keys()]
  const ids = Array.from({ length: siteCount }, (_, index) => `site-${String(index).padStart(6, "0")}`)
  const buyers = Array.from({ length: 1_000 }, (_, index) => `buyer-${index}`)
  const plans = new Map(
    ids.map((id, index): [string, SitePlan] => [
      id,
      {
        gpu: classes[index % classes.length]!,
        gpusOn: 8,
        gpusOffered: 8,
        askUsdPerGpuHour: draws.between(0.5, 3),
        usdPerKwh: 0.1,
        hardwareUsdPerHour: 1,
      },
    ]),
  )
  const requestsOf = (tick: number): ReadonlyArray<JobRequest> =>
    Array.from({ length: Math.floor((jobCount * (tick + 1)) / ticks) - Math.floor((jobCount * tick) / ticks) }, (_, index) => ({
      id: `${tick}/${index}`,
      buyer: buyers[index % buyers.length]!,
      kind: jobKinds[index % jobKinds.length]!,
      gpuCount: 1 + (index % 2),
      workHoursPerGpu: draws.exponential(4),
      arrivalHours: draws.between(0, 24 / calendar.ticksPerDay),
      limitUsdPerWorkHour: 5,
      cloudUsdPerWorkHour: 4,
      valueUsdPerWorkHour: 10,
    }))
  const faults = (provider: string) => ({ hoursBetweenFailures: 400, repairHours: 8, rng: rng(provider) })
  let jobs = noJobs
  let [millis, events] = [0, 0]
  for (let tick = 0; tick < ticks; tick++) {
    const requests = requestsOf(tick)
    const start = performance.now()
    const { jobs: next, outcome } = runJobs(jobs, { plans, requests, gpus, faults, hasSlots: false, now: moment(calendar, tick + 1) })
    millis += performance.now() - start
    events += outcome.events
    jobs = next
  }
  return { seconds: millis / 1000, eventsPerSecond: (events * 1000) / millis }
}

const doublings = [1, 2, 4, 8]
const [sitesMost, jobsMost] = [10_000, 1_000_000]
/** Fewer than the most, so that four sizes do not take a minute. */
const jobsSome = 160_000

/** The event engine of the job market: its speed at ten thousand sites, and how its time grows with jobs and with sites. */
export const jobEngine = (): ReadonlyArray<Figure> => {
  playMonth(1_000, 50_000)
  const whole = playMonth(sitesMost, jobsMost)
  const jobSizes = doublings.map((factor) => (jobsSome / 8) * factor)
  const siteSizes = doublings.map((factor) => (sitesMost / 8) * factor)
  const inJobs = growthExponent(jobSizes.map((size) => ({ size, cost: playMonth(1_000, size).seconds })))
  const inSites = growthExponent(siteSizes.map((size) => ({ size, cost: playMonth(size, jobsSome).seconds })))
  return [
    {
      name: "jobEngine",
      value: whole.eventsPerSecond,
      unit: "events/s",
      ratio: whole.eventsPerSecond / 1e6,
      against: `a million events a second; ${jobsMost} jobs at ${sitesMost} sites in 30 days took ${whole.seconds.toFixed(2)} s`,
    },
    {
      name: "jobEngine.growthInJobs",
      value: inJobs,
      unit: "exponent",
      ratio: inJobs,
      against: `linear growth, ${jobSizes[0]} to ${jobSizes.at(-1)} jobs at 1000 sites`,
    },
    {
      name: "jobEngine.growthInSites",
      value: inSites,
      unit: "exponent",
      ratio: inSites,
      against: `linear growth, ${siteSizes[0]} to ${siteSizes.at(-1)} sites with ${jobsSome} jobs`,
    },
  ]
}
