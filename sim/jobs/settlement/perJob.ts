import type { Moment } from "../../clock.ts"
import type { Action, Receipt } from "../../ledger.ts"
import { fromMicros, minBigint, SECONDS_PER_HOUR, toMicros } from "../../units.ts"
import type { Jobs, RunningJob } from "../job.ts"

export interface AgentAction {
  readonly agent: string
  readonly action: Action
}

/** A part of a running job's price that is due now. */
export interface Payout {
  readonly job: RunningJob
  readonly amountMicros: bigint
}

export interface PayoutTerms {
  /** How often a running job is paid for; 0 for once, at its end. */
  readonly payoutHours: number
  /** The smallest payment that a buyer makes while a job runs. */
  readonly payoutMinMicros: (buyer: string) => bigint
}

/** An escrow may be reclaimed by the buyer this long after the job should have ended. */
const deadlineGraceHours = 24

/** What is due at the beginning of a tick for jobs that run, and the market with that counted as paid. */
export const payRunning = (
  before: Jobs,
  now: Moment,
  { payoutHours, payoutMinMicros }: PayoutTerms,
): { readonly jobs: Jobs; readonly payouts: ReadonlyArray<Payout> } => {
  if (payoutHours === 0) return { jobs: before, payouts: [] }
  const startHours = (now.tick - 1) * now.hours
  const payouts: Array<Payout> = []
  const running = before.running.map((job) => {
    const amountMicros = accruedMicros(job, startHours, payoutHours) - job.releasedMicros
    if (amountMicros <= 0n || amountMicros < payoutMinMicros(job.request.buyer)) return job
    payouts.push({ job, amountMicros })
    return { ...job, releasedMicros: job.releasedMicros + amountMicros }
  })
  return { jobs: { ...before, running }, payouts }
}

/**
 * One escrow order for each thing that happened: completions and refunds for what ended in the tick before, payments for what has run up to
 * now or was done before a failure, and openings at once. `disputed` are the buyers' slots whose results they do not accept.
 */
export const escrowOrders = (
  toSettle: Jobs["toSettle"],
  payouts: ReadonlyArray<Payout>,
  started: ReadonlyArray<RunningJob>,
  now: Moment,
  disputed: ReadonlySet<string> = new Set(),
): ReadonlyArray<AgentAction> => {
  const tickEndHours = now.tick * now.hours
  return [
    ...toSettle.map(({ job, outcome, keptMicros }): AgentAction =>
      outcome === "completed"
        ? {
            agent: job.request.buyer,
            action: { kind: disputed.has(`${job.request.buyer}/${job.slot}`) ? "disputes.open" : "market.complete", slot: job.slot },
          }
        : keptMicros > 0n
          ? { agent: job.request.buyer, action: { kind: "market.release", slot: job.slot, amountMicros: keptMicros } }
          : { agent: job.provider, action: { kind: "market.refund", buyer: job.request.buyer, slot: job.slot } },
    ),
    ...payouts.map(({ job, amountMicros }): AgentAction => ({
      agent: job.request.buyer,
      action: { kind: "market.release", slot: job.slot, amountMicros },
    })),
    ...started.map((job) => ({ agent: job.request.buyer, action: openAction(job, now, tickEndHours) })),
  ]
}

/**
 * Takes back what the ledger refused: a job without escrow never runs, and is lost, and so is a job of which a part has none. `endHours` is the
 * end of the tick in which it was refused.
 */
export const dropUnpaid = (jobs: Jobs, receipts: ReadonlyArray<Receipt>, endHours: number): Jobs => {
  const unpaid = new Set(
    receipts.flatMap(({ order: { agent, action }, status }) =>
      action.kind === "market.open" && status === "reverted" ? [escrowKey(agent, action)] : [],
    ),
  )
  return unpaid.size === 0 ? jobs : dropRefused(jobs, (job) => !unpaid.has(escrowKey(job.request.buyer, job)), endHours)
}

/** The market without the jobs that are not paid for, and without what was done for the same request. */
export const dropRefused = (jobs: Jobs, isPaid: (job: RunningJob) => boolean, endHours: number): Jobs => {
  const sites = new Map(jobs.sites)
  const split = new Map(jobs.split)
  const tally = { ...jobs.tally }
  const refused = [...jobs.running, ...jobs.toSettle.map(({ job }) => job)].filter((job) => !isPaid(job))
  const dead = new Set(refused.filter(({ pieces, request }) => pieces > 1 || request.parts !== undefined).map(({ request }) => request.id))
  const counted = new Set<string>()
  const drop = (job: RunningJob, from: "done" | "died" | undefined) => {
    const { id, parts } = job.request
    if (counted.has(id)) return
    counted.add(id)
    if (from === undefined) tally.sojournHours += endHours - job.arrivedHours
    else tally[from]--
    tally.unpaid++
    if (parts !== undefined) split.delete(id)
  }
  const isDropped = (job: RunningJob) => !isPaid(job) || dead.has(job.request.id)
  for (const job of jobs.running) {
    if (!isDropped(job)) continue
    const site = sites.get(job.provider)!
    sites.set(job.provider, { ...site, busyGpus: site.busyGpus - job.gpuCount })
    drop(job, undefined)
  }
  const isOpen = new Set(jobs.waiting.map(({ request }) => request.id))
  for (const { job, outcome } of jobs.toSettle) {
    if (isPaid(job) || job.request.parts !== undefined || isOpen.has(job.request.id)) continue
    if (outcome === "completed") drop(job, "done")
    else if (job.request.terms === undefined) drop(job, "died")
  }
  for (const id of dead) {
    const whole = split.get(id)
    if (whole === undefined || counted.has(id)) continue
    tally.sojournHours += endHours - whole.arrivedHours
    tally.unpaid++
    split.delete(id)
  }
  const stopped = jobs.running.filter((job) => isPaid(job) && isDropped(job))
  return {
    ...jobs,
    sites,
    split,
    tally,
    running: jobs.running.filter((job) => !isDropped(job)),
    waiting: jobs.waiting.filter(({ request }) => !dead.has(request.id)),
    toSettle: [
      ...jobs.toSettle.filter(({ job }) => isPaid(job)),
      ...stopped.map((job) => ({ job, outcome: "failed" as const, keptMicros: 0n })),
    ],
  }
}

/** Where orders wait, the slot of a job that was refused may have gone to another job in the meantime. */
export const escrowKey = (
  buyer: string,
  { slot, provider, amountMicros }: { readonly slot: number; readonly provider: string; readonly amountMicros: bigint },
): string => `${buyer}/${slot}/${provider}/${amountMicros}`

/** The part of the payment for the whole periods that have run, rounded down; something is always left for the end. */
const accruedMicros = ({ amountMicros, startHours, endHours }: RunningJob, hours: number, payoutHours: number): bigint => {
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

/** What the running jobs have in escrow, in dollars. */
export const escrowedUsd = (jobs: Jobs): number =>
  [...jobs.running, ...jobs.toSettle.map(({ job }) => job)].reduce((sum, job) => sum + fromMicros(job.amountMicros - job.releasedMicros), 0)
