import type { Moment } from "../clock.ts"
import { type Profile, rateOf } from "../profile.ts"
import { toMicros } from "../units.ts"
import { calm, type SitePorts } from "../faults/ports.ts"
import { eventQueue } from "./eventQueue.ts"
import { openFloor } from "./floor.ts"
import type { JobRequest, Jobs, JobsOutcome, RunningJob } from "./job.ts"
import { offerBook, type OfferBook } from "./matching/offerBook.ts"
import type { Faults, SitePlan } from "./site.ts"
import { slotBook } from "./slotBook.ts"

export interface JobsInput {
  readonly plans: ReadonlyMap<string, SitePlan>
  readonly requests: ReadonlyArray<JobRequest>
  readonly gpus: ReadonlyMap<string, Profile>
  readonly faults: (provider: string) => Faults
  /** What else goes wrong on sites; nothing when left out. */
  readonly ports?: SitePorts
  readonly now: Moment
}

/** Ends and repairs free GPUs before arrivals of the same instant ask for them. */
const ranks = { failure: 0, breakdown: 1, repair: 2, end: 3, arrival: 4 } as const

/**
 * One tick of the job market, event by event: jobs arrive, go to a provider for their kind of work, run over any number of ticks, end, or die
 * with their site.
 */
export const runJobs = (
  before: Jobs,
  { plans, requests, gpus, faults, ports = calm, now }: JobsInput,
): { readonly jobs: Jobs; readonly outcome: JobsOutcome } => {
  const startHours = (now.tick - 1) * now.hours
  const endHours = startHours + now.hours
  const floor = openFloor(before.sites, plans, startHours, faults, ports.hidesFromBuyers)
  const book = offerBook(floor, startHours)
  const slots = slotBook(before)

  const speeds = floor.ids.map(ports.speed)
  const leases: Array<RunningJob> = before.running.map((job) => {
    const speed = speeds[floor.indexOf(job.provider)]!
    return speed === 1 ? job : { ...job, endHours: endOf(startHours, job.endHours - startHours, speed, endHours) }
  })
  const isRunning: Array<boolean> = leases.map(() => true)
  const onSite: Array<Array<number> | undefined> = floor.ids.map(() => undefined)
  const siteOf: Array<number> = leases.map(({ provider }) => floor.indexOf(provider))
  const place = (lease: number, site: number) => void (onSite[site] ??= []).push(lease)
  siteOf.forEach((site, lease) => place(lease, site))

  const started: Array<RunningJob> = []
  const completed: Array<RunningJob> = []
  const failed: Array<RunningJob> = []
  const corrupted: Array<RunningJob> = []
  const cloud: Array<JobRequest> = []
  const lost: Array<JobRequest> = []

  const breakdowns = floor.ids.flatMap((provider, site) =>
    ports.breakdowns(provider, now.hours, faults).map((breakdown) => ({ site, ...breakdown })),
  )

  const events = eventQueue(
    (rank, subject) =>
      rank === ranks.arrival
        ? requests[subject]!.id
        : rank === ranks.end
          ? leases[subject]!.request.id
          : floor.ids[rank === ranks.breakdown ? breakdowns[subject]!.site : subject]!,
    2 * requests.length + leases.length + 64,
  )
  const plan = (hours: number, rank: number, subject: number) => {
    if (hours < endHours) events.push(hours, rank, subject)
  }
  for (let index = 0; index < requests.length; index++) plan(startHours + requests[index]!.arrivalHours, ranks.arrival, index)
  for (let lease = 0; lease < leases.length; lease++) plan(leases[lease]!.endHours, ranks.end, lease)
  breakdowns.forEach(({ afterHours }, index) => plan(startHours + afterHours, ranks.breakdown, index))
  for (let site = 0; site < floor.ids.length; site++) {
    plan(floor.nextFailureHours(site), ranks.failure, site)
    if (floor.downUntilHours(site) > startHours) plan(floor.downUntilHours(site), ranks.repair, site)
  }

  const take = (site: number, hours: number, gpuCount: number) => {
    floor.take(site, hours, gpuCount)
    book.setRoom(site, floor.freeGpus(site, hours))
  }

  const stop = (site: number) => {
    for (const lease of onSite[site] ?? []) {
      isRunning[lease] = false
      failed.push(leases[lease]!)
    }
    onSite[site] = undefined
    book.setRoom(site, 0)
  }

  while (events.size() > 0) {
    const hours = events.hours()
    const subject = events.subject()
    const rank = events.rank()
    events.drop()
    switch (rank) {
      case ranks.arrival: {
        const request = requests[subject]!
        const site = cheapest(request, book, floor.plans, gpus)
        const durationHours = site < 0 ? 0 : request.workHoursPerGpu / rateOf(gpus.get(floor.plans[site]!.gpu)!, request.kind)!
        const gpuHours = durationHours * request.gpuCount
        const amountMicros = site < 0 ? 0n : toMicros(floor.plans[site]!.askUsdPerGpuHour * gpuHours)
        if (amountMicros === 0n) {
          ;(request.cloudUsdPerWorkHour <= request.valueUsdPerWorkHour ? cloud : lost).push(request)
          break
        }
        const job: RunningJob = {
          request,
          slot: slots.take(request.buyer),
          provider: floor.ids[site]!,
          amountMicros,
          releasedMicros: 0n,
          gpuHours,
          startHours: hours,
          endHours: endOf(hours, durationHours, speeds[site]!, endHours),
        }
        const index = leases.push(job) - 1
        isRunning.push(true)
        siteOf.push(site)
        place(index, site)
        started.push(job)
        take(site, hours, request.gpuCount)
        plan(job.endHours, ranks.end, index)
        break
      }
      case ranks.end: {
        if (!isRunning[subject]) break
        isRunning[subject] = false
        const job = leases[subject]!
        const site = siteOf[subject]!
        remove(onSite[site]!, subject)
        take(site, hours, -job.request.gpuCount)
        const quality = ports.quality(job.provider)
        ;(quality === "refused" ? failed : completed).push(job)
        if (quality === "unnoticed") corrupted.push(job)
        break
      }
      case ranks.failure: {
        stop(subject)
        floor.fail(subject, hours)
        plan(floor.nextFailureHours(subject), ranks.failure, subject)
        plan(floor.downUntilHours(subject), ranks.repair, subject)
        break
      }
      case ranks.breakdown: {
        const { site, repairHours } = breakdowns[subject]!
        stop(site)
        floor.stop(site, hours, hours + repairHours)
        plan(floor.downUntilHours(site), ranks.repair, site)
        break
      }
      case ranks.repair:
        book.setRoom(subject, floor.freeGpus(subject, hours))
        break
    }
  }

  return {
    jobs: {
      sites: floor.close(endHours),
      running: leases.filter((_, lease) => isRunning[lease]),
      toSettle: [
        ...completed.map((job) => ({ job, outcome: "completed" as const })),
        ...failed.map((job) => ({ job, outcome: "failed" as const })),
      ],
    },
    outcome: { started, completed, failed, corrupted, cloud, lost },
  }
}

/** When work of so many hours at full speed ends, where GPUs are slower up to the end of the tick. */
const endOf = (hours: number, fullSpeedHours: number, speed: number, tickEndHours: number): number => {
  if (speed === 1) return hours + fullSpeedHours
  const leftHours = tickEndHours - hours
  return fullSpeedHours <= leftHours * speed ? hours + fullSpeedHours / speed : hours + fullSpeedHours + leftHours * (1 - speed)
}

/** The cheapest site with room for this work within the buyer's limit, or -1; equal prices go by id. */
const cheapest = (
  request: JobRequest,
  { offers, isBefore }: OfferBook,
  plans: ReadonlyArray<SitePlan>,
  gpus: ReadonlyMap<string, Profile>,
): number => {
  let best = -1
  let bestUsd = Infinity
  for (const { gpu, firstWithRoom } of offers) {
    const rate = rateOf(gpus.get(gpu)!, request.kind)
    if (rate === undefined) continue
    const site = firstWithRoom(request.gpuCount)
    if (site < 0) continue
    const usd = plans[site]!.askUsdPerGpuHour / rate
    if (usd > request.limitUsdPerWorkHour) continue
    if (usd < bestUsd || (usd === bestUsd && isBefore(site, best))) [best, bestUsd] = [site, usd]
  }
  return best
}

const remove = (list: Array<number>, item: number): void => {
  const at = list.indexOf(item)
  list.splice(at, 1)
}
