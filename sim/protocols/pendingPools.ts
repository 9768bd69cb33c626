import type { Order } from "../ledger.ts"
import { byTip, compareIds } from "../sequence.ts"
import { quoteSwap } from "./pool3/quoteSwap.ts"
import { saleIn, type TradingPool } from "./tradingPool.ts"

/** Where an order of an agent would stand among the pending ones: those that come before it, in their order. */
export const ordersBefore = (pending: ReadonlyArray<Order>, agent: string, tipWei: bigint): ReadonlyArray<Order> =>
  byTip(pending.filter((order) => order.tipWei > tipWei || (order.tipWei === tipWei && compareIds(order.agent, agent) < 0)))

/**
 * The pools after swaps that are pending. What is put into ranges or taken out by others is not followed: it changes how far a price moves,
 * not where it stands.
 */
export const poolsAfter = (pools: ReadonlyArray<TradingPool>, orders: ReadonlyArray<Order>): ReadonlyArray<TradingPool> => {
  let after = pools
  for (const { action } of orders) {
    if (action.kind !== "pool.swap" && action.kind !== "pool3.swap") continue
    const id = action.kind === "pool.swap" ? "main" : action.pool
    after = after.map((pool) => {
      if (pool.id !== id) return pool
      if (pool.kind === "pool") {
        const sale = saleIn(pool, action.sell, action.amountIn)
        return sale.amountOut >= action.amountOutMin ? sale.after : pool
      }
      const limit = action.kind === "pool3.swap" ? action.limitSqrtPriceX96 : 0n
      const quote = quoteSwap(pool.state, action.sell, action.amountIn, limit)
      return quote.amountOut >= action.amountOutMin ? { ...pool, state: quote.after } : pool
    })
  }
  return after
}
