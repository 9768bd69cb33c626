import TinyQueue from "tinyqueue"
import type { Moment } from "../clock.ts"
import type { Action, Receipt } from "../ledger.ts"
import type { JobKind, Profile } from "../profile.ts"
import { compareIds } from "../sequence.ts"
import { fromMicros, minBigint, toMicros, SECONDS_PER_HOUR } from "../units.ts"
import { type Faults, type Site, advanceSite, failSite, off, openSite, type SitePlan } from "./site.ts"

/** A buyer's wish for one job. Prices are per work hour: what the reference GPU does in an hour. */
export interface JobRequest {
  readonly id: string
  readonly buyer: string
  readonly kind: JobKind
  readonly gpuCount: number
  readonly workHoursPerGpu: number
  /** Hours after the start of the tick. */
  readonly arrivalHours: number
  /** The most that the buyer pays in the network. */
  readonly limitUsdPerWorkHour: number
  readonly cloudUsdPerWorkHour: number
  /** What the job is worth to the buyer. */
  readonly valueUsdPerWorkHour: number
}

/** A job in a provider's machines, backed by an escrow slot. */
export interface RunningJob {
  readonly request: JobRequest
  readonly slot: number
  readonly provider: string
  readonly amountMicros: bigint
  /** What the provider was paid of it while the job ran. */
  readonly releasedMicros: bigint
  readonly gpuHours: number
  readonly startHours: number
  readonly endHours: number
}

export interface Jobs {
  readonly sites: ReadonlyMap<string, Site>
  readonly running: ReadonlyArray<RunningJob>
  /** Finished or failed, but the escrow is still to be released by the orders of the next tick. */
  readonly toSettle: ReadonlyArray<{ readonly job: RunningJob; readonly outcome: "completed" | "failed" }>
}

export const noJobs: Jobs = { sites: new Map(), running: [], toSettle: [] }

/** What the job market did in one tick. */
export interface JobsOutcome {
  readonly started: ReadonlyArray<RunningJob>
  readonly completed: ReadonlyArray<RunningJob>
  readonly failed: ReadonlyArray<RunningJob>
  /** Bought from a cloud, because the network was full or dear. */
  readonly cloud: ReadonlyArray<JobRequest>
  /** Not done at all: neither the network nor a cloud was worth its price. */
  readonly lost: ReadonlyArray<JobRequest>
}

export interface AgentAction {
  readonly agent: string
  readonly action: Action
}

export interface JobsInput {
  readonly plans: ReadonlyMap<string, SitePlan>
  readonly requests: ReadonlyArray<JobRequest>
  readonly gpus: ReadonlyMap<string, Profile>
  readonly faults: (provider: string) => Faults
  /** How often a running job is paid for; 0 for once, at its end. */
  readonly payoutHours: number
  /** The smallest payment that a buyer makes while a job runs. */
  readonly payoutMinMicros: (buyer: string) => bigint
  readonly now: Moment
}

type Event =
  | { readonly kind: "arrival"; readonly hours: number; readonly id: string; readonly request: JobRequest }
  | { readonly kind: "end"; readonly hours: number; readonly id: string; readonly job: RunningJob }
  | { readonly kind: "failure"; readonly hours: number; readonly id: string }

/** Ends free GPUs before arrivals of the same instant ask for them. */
const eventRank = { failure: 0, end: 1, arrival: 2 } as const
const compareEvents = (a: Event, b: Event): number => a.hours - b.hours || eventRank[a.kind] - eventRank[b.kind] || compareIds(a.id, b.id)

/** An escrow may be reclaimed by the buyer this long after the job should have ended. */
const deadlineGraceHours = 24

/**
 * One tick of the job market, event by event: jobs arrive, go to the cheapest free provider for their kind of work, run over any number of
 * ticks, end, or die with their site. Returns the escrow orders that follow: openings at once, payments for what has run up to now,
 * completions and refunds for what ended in the tick before.
 */
export const runJobs = (
  before: Jobs,
  { plans, requests, gpus, faults, payoutHours, payoutMinMicros, now }: JobsInput,
): { readonly jobs: Jobs; readonly outcome: JobsOutcome; readonly actions: ReadonlyArray<AgentAction> } => {
  const startHours = (now.tick - 1) * now.hours
  const endHours = startHours + now.hours
  const sites = new Map<string, Site>()
  for (const [provider, site] of before.sites) if (!plans.has(provider)) sites.set(provider, { ...site, plan: off(site.plan) })
  for (const [provider, plan] of plans) sites.set(provider, openSite(before.sites.get(provider), plan, startHours, faults(provider)))

  const payouts = before.running.flatMap((job) => {
    const amountMicros = accruedMicros(job, startHours, payoutHours) - job.releasedMicros
    return amountMicros > 0n && amountMicros >= payoutMinMicros(job.request.buyer) ? [{ job, amountMicros }] : []
  })
  const paid = new Map(payouts.map(({ job, amountMicros }) => [job.request.id, amountMicros]))
  const continued = before.running.map((job) => ({ ...job, releasedMicros: job.releasedMicros + (paid.get(job.request.id) ?? 0n) }))
  const running = new Map(continued.map((job) => [job.request.id, job]))
  const slots = new Map<string, Set<number>>()
  const slotsOf = (buyer: string) => slots.get(buyer) ?? slots.set(buyer, new Set()).get(buyer)!
  for (const job of before.running) slotsOf(job.request.buyer).add(job.slot)
  for (const { job } of before.toSettle) slotsOf(job.request.buyer).add(job.slot)

  const started: RunningJob[] = []
  const completed: RunningJob[] = []
  const failed: RunningJob[] = []
  const cloud: JobRequest[] = []
  const lost: JobRequest[] = []

  const events = new TinyQueue<Event>([], compareEvents)
  for (const request of requests) events.push({ kind: "arrival", hours: startHours + request.arrivalHours, id: request.id, request })
  for (const job of continued) events.push({ kind: "end", hours: job.endHours, id: job.request.id, job })
  for (const [provider, site] of sites) events.push({ kind: "failure", hours: site.nextFailureHours, id: provider })

  for (let event = events.pop(); event !== undefined && event.hours < endHours; event = events.pop()) {
    switch (event.kind) {
      case "arrival": {
        const job = place(event.request, event.hours, sites, gpus, firstFree(slotsOf(event.request.buyer)))
        if (job === undefined) {
          const { cloudUsdPerWorkHour, valueUsdPerWorkHour } = event.request
          ;(cloudUsdPerWorkHour <= valueUsdPerWorkHour ? cloud : lost).push(event.request)
          break
        }
        running.set(job.request.id, job)
        slotsOf(job.request.buyer).add(job.slot)
        sites.set(job.provider, advanceSite(sites.get(job.provider)!, event.hours, job.request.gpuCount))
        started.push(job)
        events.push({ kind: "end", hours: job.endHours, id: job.request.id, job })
        break
      }
      case "end": {
        if (!running.delete(event.id)) break
        const site = sites.get(event.job.provider)
        if (site !== undefined) sites.set(event.job.provider, advanceSite(site, event.hours, -event.job.request.gpuCount))
        completed.push(event.job)
        break
      }
      case "failure": {
        const site = sites.get(event.id)!
        for (const job of running.values()) {
          if (job.provider !== event.id) continue
          running.delete(job.request.id)
          failed.push(job)
        }
        const down = failSite(site, event.hours, faults(event.id))
        sites.set(event.id, down)
        events.push({ kind: "failure", hours: down.nextFailureHours, id: event.id })
        break
      }
    }
  }
  for (const [provider, site] of sites) sites.set(provider, advanceSite(site, endHours, 0))

  const opened = started.map((job) => ({ agent: job.request.buyer, action: openAction(job, now, endHours) }))
  const released = before.toSettle.map(({ job, outcome }): AgentAction =>
    outcome === "completed"
      ? { agent: job.request.buyer, action: { kind: "market.complete", slot: job.slot } }
      : { agent: job.provider, action: { kind: "market.refund", buyer: job.request.buyer, slot: job.slot } },
  )
  const streamed = payouts.map(({ job, amountMicros }): AgentAction => ({
    agent: job.request.buyer,
    action: { kind: "market.release", slot: job.slot, amountMicros },
  }))
  return {
    jobs: {
      sites,
      running: [...running.values()],
      toSettle: [
        ...completed.map((job) => ({ job, outcome: "completed" as const })),
        ...failed.map((job) => ({ job, outcome: "failed" as const })),
      ],
    },
    outcome: { started, completed, failed, cloud, lost },
    actions: [...released, ...streamed, ...opened],
  }
}

/** Takes back what the ledger refused: a job without escrow never runs, and is lost. */
export const dropUnpaid = (jobs: Jobs, receipts: ReadonlyArray<Receipt>): Jobs => {
  const unpaid = new Set(
    receipts.flatMap(({ order, status }) =>
      order.action.kind === "market.open" && status === "reverted" ? [`${order.agent}/${order.action.slot}`] : [],
    ),
  )
  if (unpaid.size === 0) return jobs
  const isPaid = (job: RunningJob) => !unpaid.has(`${job.request.buyer}/${job.slot}`)
  const sites = new Map(jobs.sites)
  for (const job of jobs.running) {
    const site = sites.get(job.provider)
    if (!isPaid(job) && site !== undefined) sites.set(job.provider, { ...site, busyGpus: site.busyGpus - job.request.gpuCount })
  }
  return { sites, running: jobs.running.filter(isPaid), toSettle: jobs.toSettle.filter(({ job }) => isPaid(job)) }
}

/** The cheapest free site for this work within the buyer's limit; equal prices go by id. */
const place = (
  request: JobRequest,
  hours: number,
  sites: ReadonlyMap<string, Site>,
  gpus: ReadonlyMap<string, Profile>,
  slot: number,
): RunningJob | undefined => {
  let best: { provider: string; usdPerWorkHour: number; rate: number; site: Site } | undefined
  for (const [provider, site] of sites) {
    if (hours < site.downUntilHours || site.plan.gpusOffered - site.busyGpus < request.gpuCount) continue
    const rate = gpus.get(site.plan.gpu)!.workHoursPerGpuHour[request.kind].value
    const usdPerWorkHour = site.plan.askUsdPerGpuHour / rate
    if (usdPerWorkHour > request.limitUsdPerWorkHour) continue
    if (best === undefined || usdPerWorkHour < best.usdPerWorkHour || (usdPerWorkHour === best.usdPerWorkHour && provider < best.provider))
      best = { provider, usdPerWorkHour, rate, site }
  }
  if (best === undefined) return undefined
  const durationHours = request.workHoursPerGpu / best.rate
  const gpuHours = durationHours * request.gpuCount
  const amountMicros = toMicros(best.site.plan.askUsdPerGpuHour * gpuHours)
  if (amountMicros === 0n) return undefined
  return {
    request,
    slot,
    provider: best.provider,
    amountMicros,
    releasedMicros: 0n,
    gpuHours,
    startHours: hours,
    endHours: hours + durationHours,
  }
}

/** The part of the payment for the whole periods that have run, rounded down; something is always left for the end. */
const accruedMicros = ({ amountMicros, startHours, endHours }: RunningJob, hours: number, payoutHours: number): bigint => {
  if (payoutHours === 0) return 0n
  const paidHours = Math.floor((hours - startHours) / payoutHours) * payoutHours
  return minBigint(toMicros((fromMicros(amountMicros) * paidHours) / (endHours - startHours)), amountMicros - 1n)
}

const openAction = (job: RunningJob, now: Moment, tickEndHours: number): Action => ({
  kind: "market.open",
  slot: job.slot,
  provider: job.provider,
  amountMicros: job.amountMicros,
  deadlineSeconds:
    now.timestampSeconds + Math.ceil((Math.max(0, job.endHours - tickEndHours) + deadlineGraceHours + now.hours) * SECONDS_PER_HOUR),
})

const firstFree = (taken: ReadonlySet<number>): number => {
  let slot = 0
  while (taken.has(slot)) slot++
  return slot
}

/** What the running jobs have in escrow, in dollars. */
export const escrowedUsd = (jobs: Jobs): number =>
  [...jobs.running, ...jobs.toSettle.map(({ job }) => job)].reduce((sum, job) => sum + fromMicros(job.amountMicros - job.releasedMicros), 0)
