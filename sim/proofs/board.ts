import type { Moment } from "../clock.ts"
import type { Receipt } from "../ledger.ts"
import type { Results } from "../protocols/spotChecks.ts"
import { fromMicros } from "../units.ts"
import type { Place } from "./place.ts"
import type { Deeds } from "./deed.ts"

/** What a provider says of its machines, and how they are. */
export interface Machines {
  readonly claimed: MachineFacts
  readonly real: MachineFacts
}

interface MachineFacts {
  readonly gpu: string
  /** Where it is said, or known, where they stand. */
  readonly place?: Place
}

/** A slash before the court. */
export interface Case {
  readonly provider: string
  readonly decidesAtSeconds: number
  readonly isAppealed: boolean
  /** Whether somebody has named the buyers that it harms. */
  readonly isFiled: boolean
  /** What a judge finds who looks at the machines and makes no error. */
  readonly isGuilty: boolean
}

/** What is known beside the chain: results that providers publish with their commitments, gifts, open jobs, and cases. */
export interface Board {
  readonly machines: ReadonlyMap<string, Machines>
  readonly published: ReadonlyMap<string, { readonly epoch: number; readonly results: Results }>
  /** By receiver: dollars that it was sent in the first tick of this epoch, by sender. */
  readonly gifts: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly escrows: ReadonlyMap<string, { readonly buyer: string; readonly slot: number; readonly provider: string }>
  readonly cases: ReadonlyMap<number, Case>
}

export const emptyBoard: Board = { machines: new Map(), published: new Map(), gifts: new Map(), escrows: new Map(), cases: new Map() }

/** Notes what happened in a tick. */
export const postBoard = (
  before: Board,
  now: Moment,
  receipts: ReadonlyArray<Receipt>,
  machines: ReadonlyMap<string, Machines>,
  deeds: Deeds,
): Board => {
  const published = new Map(before.published)
  const gifts = new Map(now.tickOfEpoch === 0 ? [] : before.gifts)
  const escrows = new Map(before.escrows)
  const cases = new Map(before.cases)
  for (const { order, facts } of receipts)
    for (const fact of facts)
      switch (fact.kind) {
        case "spotChecks.committed":
          if (order.action.kind === "spotChecks.commit") published.set(fact.agent, order.action)
          break
        case "dollar.transferred":
          if (now.tickOfEpoch === 0) {
            const ofNode = gifts.get(fact.to) ?? new Map<string, number>()
            gifts.set(fact.to, new Map([...ofNode, [fact.agent, (ofNode.get(fact.agent) ?? 0) + fromMicros(fact.amountMicros)]]))
          }
          break
        case "market.opened":
          escrows.set(`${fact.agent}/${fact.slot}`, { buyer: fact.agent, slot: fact.slot, provider: fact.provider })
          break
        case "market.completed":
          escrows.delete(`${fact.agent}/${fact.slot}`)
          break
        case "disputes.opened":
        case "market.refunded":
          escrows.delete(`${fact.buyer}/${fact.slot}`)
          break
        case "slashing.caseOpened": {
          const { provider, decidesAtSeconds } = fact
          cases.set(fact.id, {
            provider,
            decidesAtSeconds,
            isAppealed: false,
            isFiled: false,
            isGuilty: deeds.closed.get(provider)?.isCheating ?? false,
          })
          break
        }
        case "slashing.appealed":
          cases.set(fact.id, { ...cases.get(fact.id)!, decidesAtSeconds: fact.decidesAtSeconds, isAppealed: true })
          break
        case "slashing.harmFiled":
          cases.set(fact.id, { ...cases.get(fact.id)!, isFiled: true })
          break
        case "slashing.upheld":
        case "slashing.overturned":
          cases.delete(fact.id)
      }
  return { machines: new Map([...before.machines, ...machines]), published, gifts, escrows, cases }
}
