import type { Moment } from "../../clock.ts"
import type { Receipt } from "../../ledger.ts"
import { fromMicros } from "../../units.ts"
import type { Jobs } from "../job.ts"
import { type AgentAction, escrowKey } from "./perJob.ts"

/** A result that a buyer accepts or disputes. */
export interface Delivery {
  readonly slot: number
  readonly provider: string
  readonly amountMicros: bigint
  /** What a buyer finds that checks it. */
  readonly isWrong: boolean
}

/** A dispute before the arbiters. */
export interface Contest {
  readonly buyer: string
  readonly provider: string
  readonly amountMicros: bigint
  readonly decidesAtSeconds: number
  /** What an arbiter finds that looks at the result and makes no error. */
  readonly isWrong: boolean
}

/** Rulings on a buyer's disputes: those that found what was so, and the others. */
export interface Rulings {
  readonly right: number
  readonly wrong: number
}

/** What came of results, in dollars since the start. */
export interface Reckoning {
  readonly disputed: number
  readonly wonByBuyers: number
  /** Refunds for good results, and what buyers lost who disputed those. */
  readonly wronglyRefundedUsd: number
  readonly falseBondsUsd: number
  /** Refunds for wrong results, and what buyers lost who rightly disputed those. */
  readonly rightlyRefundedUsd: number
  readonly trueBondsUsd: number
  /** Paid for wrong results, fees included: accepted without a dispute, and after one. */
  readonly acceptedWrongUsd: number
  readonly ruledWrongUsd: number
}

/** What is known of results beside the chain. */
export interface Results {
  /** Disputes that were sent and are not open yet, by escrow: whether the result is wrong. */
  readonly sent: ReadonlyMap<string, boolean>
  readonly contested: ReadonlyMap<number, Contest>
  readonly rulings: ReadonlyMap<string, Rulings>
  readonly reckoning: Reckoning
}

export const noResults: Results = {
  sent: new Map(),
  contested: new Map(),
  rulings: new Map(),
  reckoning: {
    disputed: 0,
    wonByBuyers: 0,
    wronglyRefundedUsd: 0,
    falseBondsUsd: 0,
    rightlyRefundedUsd: 0,
    trueBondsUsd: 0,
    acceptedWrongUsd: 0,
    ruledWrongUsd: 0,
  },
}

export const noRulings: Rulings = { right: 0, wrong: 0 }

/** What each buyer was handed over in the tick before. */
export const deliveriesOf = (toSettle: Jobs["toSettle"]): ReadonlyMap<string, ReadonlyArray<Delivery>> => {
  const byBuyer = new Map<string, Array<Delivery>>()
  for (const { job, outcome, isWrong = false, isSentAgain = false } of toSettle) {
    if (outcome !== "completed" || isSentAgain) continue
    const { slot, provider, amountMicros, releasedMicros } = job
    const delivery = { slot, provider, amountMicros: amountMicros - releasedMicros, isWrong }
    const own = byBuyer.get(job.request.buyer)
    if (own === undefined) byBuyer.set(job.request.buyer, [delivery])
    else own.push(delivery)
  }
  return byBuyer
}

/** Providers close what the arbiters have not decided in time. */
export const settleOverdue = ({ contested }: Results, now: Moment): ReadonlyArray<AgentAction> =>
  [...contested]
    .filter(([, { decidesAtSeconds }]) => now.timestampSeconds >= decidesAtSeconds)
    .map(([id, { provider }]) => ({ agent: provider, action: { kind: "disputes.settle", id } }))

/**
 * An order that the market refused is given again in the next tick: the buyer had no dollars for the bond, and accepts then; or the market was paused, or
 * robbed of what it should pay.
 */
export const sendAgain = (jobs: Jobs, toSettle: Jobs["toSettle"], receipts: ReadonlyArray<Receipt>): Jobs => {
  const refused = new Set<string>()
  for (const { order, status } of receipts) {
    if (status === "ok") continue
    const { agent, action } = order
    if (action.kind === "market.complete" || action.kind === "disputes.open") refused.add(`${agent}/${action.slot}`)
    if (action.kind === "market.refund") refused.add(`${action.buyer}/${action.slot}`)
  }
  if (refused.size === 0) return jobs
  const again = toSettle.filter(({ job, keptMicros }) => keptMicros === 0n && refused.has(`${job.request.buyer}/${job.slot}`))
  return { ...jobs, toSettle: [...jobs.toSettle, ...again.map((one) => ({ ...one, isSentAgain: true as const }))] }
}

/** What a tick's orders and receipts add; `disputed` are the escrows whose buyers sent a dispute. */
export const stepResults = (
  before: Results,
  toSettle: Jobs["toSettle"],
  disputed: ReadonlySet<string>,
  receipts: ReadonlyArray<Receipt>,
): Results => {
  const sent = new Map(before.sent)
  const contested = new Map(before.contested)
  const rulings = new Map(before.rulings)
  const sum: { -readonly [Name in keyof Reckoning]: number } = { ...before.reckoning }
  const wrongs = new Map<string, boolean>()
  for (const { job, outcome, isWrong = false, isSentAgain = false } of toSettle) {
    if (outcome !== "completed") continue
    const slotKey = `${job.request.buyer}/${job.slot}`
    const key = escrowKey(job.request.buyer, { ...job, amountMicros: job.amountMicros - job.releasedMicros })
    if (isSentAgain) sent.delete(key)
    if (!isSentAgain && disputed.has(slotKey)) sent.set(key, isWrong)
    else wrongs.set(slotKey, isWrong)
  }
  const judge = (buyer: string, isRight: boolean) => {
    const { right, wrong } = rulings.get(buyer) ?? noRulings
    rulings.set(buyer, isRight ? { right: right + 1, wrong } : { right, wrong: wrong + 1 })
  }
  for (const { facts } of receipts)
    for (const fact of facts)
      switch (fact.kind) {
        case "market.completed":
          if (wrongs.get(`${fact.agent}/${fact.slot}`) === true)
            sum.acceptedWrongUsd += fromMicros(fact.paidMicros + fact.burnFeeMicros + fact.treasuryFeeMicros)
          break
        case "disputes.opened": {
          const { id, buyer, provider, amountMicros, decidesAtSeconds } = fact
          const key = escrowKey(buyer, fact)
          contested.set(id, { buyer, provider, amountMicros, decidesAtSeconds, isWrong: sent.get(key) ?? false })
          sent.delete(key)
          sum.disputed++
          break
        }
        case "disputes.refunded": {
          const { isWrong } = contested.get(fact.id)!
          contested.delete(fact.id)
          judge(fact.buyer, isWrong)
          sum.wonByBuyers++
          sum[isWrong ? "rightlyRefundedUsd" : "wronglyRefundedUsd"] += fromMicros(fact.amountMicros)
          break
        }
        case "disputes.paid": {
          const { isWrong, amountMicros } = contested.get(fact.id)!
          contested.delete(fact.id)
          if (isWrong) sum.ruledWrongUsd += fromMicros(amountMicros)
          if (!fact.isForfeit) break
          judge(fact.buyer, !isWrong)
          sum[isWrong ? "trueBondsUsd" : "falseBondsUsd"] += fromMicros(fact.bondMicros)
        }
      }
  return { sent, contested, rulings, reckoning: sum }
}
