import type { Hex } from "viem"
import type { Fact } from "../../sim/ledger.ts"
import type { Allocation, Closing, Dispute } from "../../sim/protocols/graph.ts"
import { addressWord } from "../word.ts"
import { allocationAddress } from "./allocationKey.ts"

/** What the contracts tell in their logs and nowhere else: who takes part, which allocations are open, and what was proved and disputed. */
export interface Record {
  readonly indexers: Array<string>
  readonly pairs: Array<{ readonly indexer: string; readonly delegator: string }>
  readonly slashes: Map<string, { readonly count: number; readonly amountWei: bigint }>
  readonly allocations: Map<string, Allocation>
  readonly closings: Array<Closing>
  readonly disputes: Map<string, Dispute>
  /** Notes what has happened. */
  readonly note: (fact: Fact) => void
  /** Forgets closings that are neither of this epoch nor of the one before. */
  readonly forgetBefore: (epoch: number) => void
  /** The address of an allocation; it is remembered, so that a log that names it can be read. */
  readonly addressOf: (allocation: string) => Hex
  readonly allocationAt: (topic: string) => string
  readonly allocationOf: (disputeTopic: string) => string
}

export const openRecord = (disputeWord: (address: Hex) => string): Record => {
  const addresses = new Map<string, Hex>()
  const names = new Map<string, string>()
  const disputed = new Map<string, string>()
  let closingCount = 0
  const record: Record = {
    indexers: [],
    pairs: [],
    slashes: new Map(),
    allocations: new Map(),
    closings: [],
    disputes: new Map(),
    note: (fact) => {
      switch (fact.kind) {
        case "graph.staked":
          if (!record.indexers.includes(fact.agent)) record.indexers.push(fact.agent)
          break
        case "graph.delegated": {
          const { agent: delegator, indexer } = fact
          if (!record.pairs.some((pair) => pair.indexer === indexer && pair.delegator === delegator))
            record.pairs.push({ indexer, delegator })
          break
        }
        case "graph.allocated": {
          const { indexer, subgraph, amountWei, epoch } = fact
          record.allocations.set(fact.allocation, { indexer, subgraph, amountWei, epoch })
          break
        }
        case "graph.closed": {
          const { allocation, indexer, subgraph, epoch, proof } = fact
          record.allocations.delete(allocation)
          record.closings.push({ number: closingCount++, allocation, indexer, subgraph, epoch, proof })
          break
        }
        case "graph.slashed": {
          const before = record.slashes.get(fact.indexer) ?? { count: 0, amountWei: 0n }
          record.slashes.set(fact.indexer, { count: before.count + 1, amountWei: before.amountWei + fact.amountWei })
          break
        }
        case "graph.disputed": {
          const { allocation, indexer, agent: fisherman, depositWei } = fact
          const closing = record.closings.find((one) => one.allocation === allocation)
          record.disputes.set(allocation, { allocation, indexer, fisherman, depositWei, status: "pending", closing })
          break
        }
        case "graph.accepted":
        case "graph.rejected":
        case "graph.drawn": {
          const status = fact.kind === "graph.accepted" ? "accepted" : fact.kind === "graph.rejected" ? "rejected" : "drawn"
          record.disputes.set(fact.allocation, { ...record.disputes.get(fact.allocation)!, status })
          break
        }
        default:
      }
    },
    forgetBefore: (epoch) => {
      const kept = record.closings.findIndex((closing) => closing.epoch >= epoch - 1)
      record.closings.splice(0, kept < 0 ? record.closings.length : kept)
    },
    addressOf: (allocation) => {
      const known = addresses.get(allocation)
      if (known !== undefined) return known
      const address = allocationAddress(allocation)
      addresses.set(allocation, address)
      names.set(addressWord(address), allocation)
      disputed.set(disputeWord(address), allocation)
      return address
    },
    allocationAt: (topic) => names.get(topic.slice(2))!,
    allocationOf: (topic) => disputed.get(topic.slice(2))!,
  }
  return record
}
