import type { Moment } from "../../clock.ts"
import type { Action, LedgerView, Receipt } from "../../ledger.ts"
import type { Params } from "../../protocols/market.ts"
import { BPS } from "../../units.ts"
import type { Jobs, RunningJob, Unsettled } from "../job.ts"
import { dropRefused } from "./perJob.ts"

/** What the dispatcher has written down since the last batch, and what it has posted. */
export interface Tab {
  readonly owedMicros: ReadonlyMap<string, bigint>
  /** What jobs came to, before fees, by provider. */
  readonly grossMicros: ReadonlyMap<string, bigint>
  /** By provider since the start, fees taken off, as the last closed batch has it. */
  readonly earnedMicros: ReadonlyMap<string, bigint>
}

export const emptyTab: Tab = { owedMicros: new Map(), grossMicros: new Map(), earnedMicros: new Map() }

/** Adds the jobs that ended in the tick before. */
export const writeDown = (tab: Tab, toSettle: Jobs["toSettle"]): Tab => {
  if (toSettle.length === 0) return tab
  const owedMicros = new Map(tab.owedMicros)
  const grossMicros = new Map(tab.grossMicros)
  for (const unsettled of toSettle) {
    const { provider, request } = unsettled.job
    const micros = dueMicros(unsettled)
    if (micros === 0n) continue
    owedMicros.set(request.buyer, (owedMicros.get(request.buyer) ?? 0n) + micros)
    grossMicros.set(provider, (grossMicros.get(provider) ?? 0n) + micros)
  }
  return { ...tab, owedMicros, grossMicros }
}

/** Buyers in one call: some five million gas. */
const partSize = 500

/** In the first tick of each period, what the tab holds: debits in parts, then the end of the batch. */
export const batchActions = (
  tab: Tab,
  settlement: (typeof Params.Type)["settlement"],
  rates: Rates,
  now: Moment,
): ReadonlyArray<Action> => {
  if (settlement?.kind !== "batch" || tab.grossMicros.size === 0 || !isDue(settlement.hours, now)) return []
  const debits = [...tab.owedMicros]
  const parts = Array.from({ length: Math.ceil(debits.length / partSize) }, (_, part): Action => ({
    kind: "batches.debit",
    debitMicros: new Map(debits.slice(part * partSize, (part + 1) * partSize)),
  }))
  const earnedMicros = new Map(tab.earnedMicros)
  const keptBps = BPS - BigInt(rates.feeBps) - BigInt(rates.creditBps)
  let creditedMicros = 0n
  for (const [provider, gross] of tab.grossMicros) {
    // Rounded down, in favour of the treasury.
    const net = (gross * keptBps) / BPS
    creditedMicros += net
    earnedMicros.set(provider, (earnedMicros.get(provider) ?? 0n) + net)
  }
  return [...parts, { kind: "batches.close", earnedMicros, creditedMicros, providerCount: tab.grossMicros.size }]
}

interface Rates {
  readonly feeBps: number
  readonly creditBps: number
}

const isDue = (hours: number, { tick, hours: tickHours }: Moment): boolean =>
  Math.floor(((tick - 1) * tickHours) / hours) > Math.floor(((tick - 2) * tickHours) / hours)

/** A tab that the market took is clean. Of one that it refused, the parts that were not debited and all credits are posted again with the next batch. */
export const afterPosting = (tab: Tab, receipts: ReadonlyArray<Receipt>): Tab => {
  let owedMicros: Map<string, bigint> | undefined
  for (const { order, status } of receipts) {
    if (status !== "ok") continue
    if (order.action.kind === "batches.close")
      return { owedMicros: new Map(), grossMicros: new Map(), earnedMicros: order.action.earnedMicros }
    if (order.action.kind !== "batches.debit") continue
    owedMicros ??= new Map(tab.owedMicros)
    for (const [buyer, micros] of order.action.debitMicros) {
      const left = (owedMicros.get(buyer) ?? 0n) - micros
      if (left > 0n) owedMicros.set(buyer, left)
      else owedMicros.delete(buyer)
    }
  }
  return owedMicros === undefined ? tab : { ...tab, owedMicros }
}

/** Takes back jobs that the buyer's deposit does not cover beside all that it owes already: those never run, and are lost. */
export const dropUncovered = (jobs: Jobs, tab: Tab, { batches: { depositMicros } }: LedgerView, endHours: number): Jobs => {
  const left = new Map(depositMicros)
  for (const [buyer, micros] of tab.owedMicros) left.set(buyer, (left.get(buyer) ?? 0n) - micros)
  const uncovered = new Set<RunningJob>()
  const cover = (job: RunningJob, micros: bigint) => {
    const rest = (left.get(job.request.buyer) ?? 0n) - micros
    if (rest < 0n) uncovered.add(job)
    else left.set(job.request.buyer, rest)
  }
  for (const unsettled of jobs.toSettle) cover(unsettled.job, dueMicros(unsettled))
  for (const job of jobs.running) cover(job, job.amountMicros)
  return uncovered.size === 0 ? jobs : dropRefused(jobs, (job) => !uncovered.has(job), endHours)
}

/** A job that failed costs what was not lost of it. */
const dueMicros = ({ job, outcome, keptMicros }: Unsettled): bigint => (outcome === "completed" ? job.amountMicros : keptMicros)
