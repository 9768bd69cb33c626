import type { Order } from "../ledger.ts"
import { byTip, compareIds } from "../sequence.ts"
import type { World } from "../world.ts"
import { quoteSwap } from "./pool3/quoteSwap.ts"
import { saleIn, type TradingPool, tradingPools } from "./tradingPool.ts"

type Pools = ReadonlyArray<TradingPool>

/** What comes before an order of an agent with such a bid, in a block that takes the highest bids first. */
export const ordersBefore = (pending: ReadonlyArray<Order>, agent: string, tipWei: bigint): ReadonlyArray<Order> =>
  byTip(pending.filter((order) => order.tipWei > tipWei || (order.tipWei === tipWei && compareIds(order.agent, agent) < 0)))

/**
 * The pools as an order of an agent will find them: after the pending swaps that come before it. What others put into ranges or take out is not
 * followed: it changes how far a swap moves a price, not where the price stands.
 */
export const poolsAt = ({ ledger, pending }: Pick<World, "ledger" | "pending">, agent: string, tipWei: bigint): Pools =>
  ordersBefore(pending.filter(isSwap), agent, tipWei).reduce(afterSwap, tradingPools(ledger))

const isSwap = ({ action: { kind } }: Order): boolean => kind === "pool.swap" || kind === "pool3.swap"

/** Agents of a tick go through the same swaps one after the other, so each is worked out once. */
const known = new WeakMap<Pools, WeakMap<Order, Pools>>()

const afterSwap = (pools: Pools, order: Order): Pools => {
  const steps = known.get(pools) ?? new WeakMap<Order, Pools>()
  known.set(pools, steps)
  const found = steps.get(order) ?? swapped(pools, order)
  steps.set(order, found)
  return found
}

const swapped = (pools: Pools, { action }: Order): Pools => {
  if (action.kind !== "pool.swap" && action.kind !== "pool3.swap") return pools
  const id = action.kind === "pool.swap" ? "main" : action.pool
  const limit = action.kind === "pool3.swap" ? action.limitSqrtPriceX96 : 0n
  const { sell, amountIn, amountOutMin } = action
  return pools.map((pool) => {
    if (pool.id !== id) return pool
    if (pool.kind === "pool") {
      const sale = saleIn(pool, sell, amountIn)
      return sale.amountOut >= amountOutMin ? sale.after : pool
    }
    const quote = quoteSwap(pool.state, sell, amountIn, limit)
    return quote.amountOut >= amountOutMin ? { ...pool, state: quote.after } : pool
  })
}
