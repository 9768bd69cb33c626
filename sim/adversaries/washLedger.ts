import type { Actor } from "../actor.ts"
import type { Counts } from "../jobs/counts.ts"
import type { Jobs, JobsOutcome, RunningJob } from "../jobs/job.ts"
import type { Site } from "../jobs/site.ts"
import { takenMicros, type Takings } from "../jobs/takings.ts"
import type { Work } from "../jobs/work.ts"
import type { Moment } from "../clock.ts"
import type { Fact } from "../ledger.ts"
import type { Profile } from "../profile.ts"
import { grossMicros } from "../protocols/market.ts"
import { fromMicros, fromWei } from "../units.ts"

/** Totals of one washer since the run began, in dollars. */
export interface WashBook {
  /** Paid to its own providers through escrow, fees included, and what of that did not arrive there. */
  readonly volumeUsd: number
  readonly feeUsd: number
  /** Power that its jobs drew beyond what idle machines draw. */
  readonly energyUsd: number
  /** Rewards for what its jobs made count, at the pool's price of their tick. */
  readonly rewardUsd: number
}

export const noWashBook: WashBook = { volumeUsd: 0, feeUsd: 0, energyUsd: 0, rewardUsd: 0 }

type ByWasher = ReadonlyMap<string, number>

/** What washing cost and brought, as the experiment knows it who the washers are; no contract and no agent reads it. */
export interface WashLedger {
  readonly books: ReadonlyMap<string, WashBook>
  /** GPU hours of wash jobs in the open epoch, by provider. */
  readonly gpuHours: ReadonlyMap<string, ByWasher>
  /** Parts of what counted of providers in the last closed epoch that washers bought. */
  readonly closed: { readonly epoch: number; readonly shares: ReadonlyMap<string, ByWasher> }
}

export const openWashLedger = (actors: ReadonlyArray<Actor>): WashLedger => ({
  books: new Map(actors.flatMap(({ id, kind }) => (kind === "washBuyer" ? [[id, noWashBook]] : []))),
  gpuHours: new Map(),
  closed: { epoch: -1, shares: new Map() },
})

export interface WashTick {
  readonly now: Moment
  readonly facts: ReadonlyArray<Fact>
  readonly jobs: Jobs
  readonly outcome: JobsOutcome
  readonly gpus: ReadonlyMap<string, Profile>
  readonly usdPerToken: number
  readonly counts: Counts
  /** Of the open epoch, this tick's included. */
  readonly takings: Takings
  /** As the open epoch found it. */
  readonly work: Work
}

/** Posts one tick. */
export const postWash = (before: WashLedger, tick: WashTick): WashLedger => {
  if (before.books.size === 0) return before
  const books = new Map(before.books)
  const add = (washer: string, entries: Partial<WashBook>) => {
    const sum: Record<keyof WashBook, number> = { ...books.get(washer)! }
    for (const [key, value] of Object.entries(entries) as ReadonlyArray<[keyof WashBook, number]>) sum[key] += value
    books.set(washer, sum)
  }
  for (const fact of tick.facts) {
    if ((fact.kind === "market.completed" || fact.kind === "market.released") && books.has(fact.agent))
      add(fact.agent, { volumeUsd: fromMicros(grossMicros(fact)), feeUsd: fromMicros(fact.burnFeeMicros + fact.treasuryFeeMicros) })
    if (fact.kind === "rewards.credited" && fact.epoch === before.closed.epoch)
      for (const [washer, share] of before.closed.shares.get(fact.provider) ?? [])
        add(washer, { rewardUsd: fromWei(fact.amountWei) * share * tick.usdPerToken })
  }
  const gpuHours = new Map(before.gpuHours)
  for (const job of [...tick.jobs.running, ...tick.outcome.completed]) {
    const washer = job.request.buyer
    if (!books.has(washer)) continue
    const hours = hoursIn(job, tick.now) * job.gpuCount
    const known = gpuHours.get(job.provider)
    gpuHours.set(job.provider, new Map(known).set(washer, (known?.get(washer) ?? 0) + hours))
    add(washer, { energyUsd: energyUsd(tick.jobs.sites.get(job.provider)!, tick.gpus, hours) })
  }
  if (!tick.now.isEpochEnd) return { ...before, books, gpuHours }
  const shares = new Map(
    [...tick.jobs.sites].map(([provider, site]) => [provider, sharesOf(provider, site, [...books.keys()], gpuHours, tick)] as const),
  )
  return { books, gpuHours: new Map(), closed: { epoch: tick.now.epoch, shares } }
}

/** The hours of a tick in which a job ran. */
const hoursIn = ({ startHours, endHours }: RunningJob, { tick, hours }: Moment): number =>
  Math.max(0, Math.min(endHours, tick * hours) - Math.max(startHours, (tick - 1) * hours))

const energyUsd = ({ plan }: Site, gpus: ReadonlyMap<string, Profile>, gpuHours: number): number => {
  const { loadWatts, idleWatts } = gpus.get(plan.gpu)!
  return ((loadWatts.value - idleWatts.value) / 1000) * plan.usdPerKwh * gpuHours
}

const sharesOf = (
  provider: string,
  site: Site,
  washers: ReadonlyArray<string>,
  gpuHours: ReadonlyMap<string, ByWasher>,
  { counts, takings, work }: WashTick,
): ByWasher => {
  const parts = (whole: number, partOf: (washer: string) => number): ByWasher =>
    new Map(whole > 0 ? washers.map((washer) => [washer, Math.min(1, partOf(washer) / whole)]) : [])
  switch (counts) {
    case "capacity":
      return new Map()
    case "rented":
      return parts(site.busyGpuHours - (work.openedAtBusyGpuHours.get(provider) ?? 0), (washer) => gpuHours.get(provider)?.get(washer) ?? 0)
    case "paid":
      return parts(fromMicros(takenMicros(takings, provider)), (washer) => fromMicros(takings.get(provider)?.get(washer) ?? 0n))
  }
}

/** What a washer has spent: what of its payments is gone, power, and its fees to the chain. */
export const washSpentUsd = ({ feeUsd, energyUsd: powerUsd }: WashBook, gasUsd: number): number => feeUsd + powerUsd + gasUsd
