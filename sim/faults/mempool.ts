import type { Order } from "../ledger.ts"
import { sequence } from "../sequence.ts"
import type { Ports } from "./ports.ts"

/** Orders that were sent and have not settled, the oldest first, and the tick up to which the chain takes none. */
export interface Mempool {
  readonly waiting: ReadonlyArray<Order>
  readonly stalledUntilTick: number
}

export const emptyMempool: Mempool = { waiting: [], stalledUntilTick: 0 }

/**
 * What settles in a tick: what waits, then the tick's own orders, as far as they fit. First come, first served over ticks, so that an escrow is
 * opened before it is closed, whoever sends the two orders.
 */
export const include = (
  before: Mempool,
  orders: ReadonlyArray<Order>,
  tick: number,
  { ordersMax, reorg }: Pick<Ports, "ordersMax" | "reorg">,
): { readonly included: ReadonlyArray<Order>; readonly mempool: Mempool } => {
  const lost = reorg()
  if (lost === undefined && before.waiting.length === 0 && orders.length <= ordersMax && tick >= before.stalledUntilTick)
    return { included: orders, mempool: before }
  const stalledUntilTick = Math.max(before.stalledUntilTick, lost === undefined ? 0 : tick + lost.delayTicks)
  const ordered = lost?.shuffle === undefined ? orders : sequence("shuffle", byAgent(orders), lost.shuffle)
  const queue = [...before.waiting, ...ordered]
  const taken = tick < stalledUntilTick ? 0 : Math.min(ordersMax, queue.length)
  return { included: queue.slice(0, taken), mempool: { waiting: queue.slice(taken), stalledUntilTick } }
}

const byAgent = (orders: ReadonlyArray<Order>) =>
  [...Map.groupBy(orders, ({ agent }) => agent)].map(([agent, batch]) => ({ agent, orders: batch }))
