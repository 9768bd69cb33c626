import type { Order } from "./ledger.ts"
import type { Rng } from "./rng.ts"

/** How the orders of a tick become one list. Within an agent the order of its actions always stands. */
export const sequencePolicies = ["tip", "shuffle", "agent"] as const
export type SequencePolicy = (typeof sequencePolicies)[number]

/** Orders of one agent in one tick that stay together. */
export interface Batch {
  readonly agent: string
  readonly orders: ReadonlyArray<Order>
}

/**
 * `tip`: highest bid first, as a block builder would; `shuffle`: random agents; `agent`: by name. Ties go by agent id.
 * A batch bids with its first order.
 */
export const sequence = (policy: SequencePolicy, batches: ReadonlyArray<Batch>, rng: Rng): ReadonlyArray<Order> => {
  const byId = [...batches].sort((a, b) => compareIds(a.agent, b.agent))
  switch (policy) {
    case "agent":
      return byId.flatMap((batch) => batch.orders)
    case "tip":
      return byId.sort((a, b) => compareBigints(tip(b), tip(a))).flatMap((batch) => batch.orders)
    case "shuffle":
      return byId
        .map((batch) => ({ batch, place: rng.uniform() }))
        .sort((a, b) => a.place - b.place || compareIds(a.batch.agent, b.batch.agent))
        .flatMap(({ batch }) => batch.orders)
  }
}

/** The orders of a tick as a block builder would take them, for agents that look at what is pending. */
export const byTip = (orders: ReadonlyArray<Order>): ReadonlyArray<Order> =>
  orders.toSorted((a, b) => compareBigints(b.tipWei, a.tipWei) || compareIds(a.agent, b.agent))

/** Ids are compared by code units, never by locale. */
export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const tip = (batch: Batch): bigint => batch.orders[0]?.tipWei ?? 0n
const compareBigints = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
