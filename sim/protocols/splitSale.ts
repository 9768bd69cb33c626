import { minBigint } from "../units.ts"
import { crossing } from "./crossing.ts"
import type { Side } from "./pool.ts"
import type { Rate } from "./pool3/price.ts"
import { rateAfterFee, type Sale, saleIn, saleUntil, type TradingPool } from "./tradingPool.ts"

/** A part of a sale: what one pool is to take of it. */
export interface Part extends Sale {
  readonly pool: TradingPool
}

/**
 * How to sell over pools of both versions for the most output: all used pools end at the same marginal price, fee included, and a pool that
 * opens worse is left out. Parts below `partMin` are not worth an order; what they would have sold goes to the others.
 */
export const splitSale = (pools: ReadonlyArray<TradingPool>, sell: Side, amountIn: bigint, partMin = 1n): ReadonlyArray<Part> => {
  if (amountIn <= 0n) return []
  const parts = balanced(pools, sell, amountIn)
  const smallest = parts.reduce((least, part) => (part.amountIn < least.amountIn ? part : least), parts[0]!)
  if (parts.length === 1 || smallest.amountIn >= partMin) return parts
  return splitSale(
    parts.filter((part) => part !== smallest).map(({ pool }) => pool),
    sell,
    amountIn,
    partMin,
  )
}

/** The one pool that pays most for the whole. */
export const bestSale = (pools: ReadonlyArray<TradingPool>, sell: Side, amountIn: bigint): Part =>
  pools.map((pool) => ({ pool, ...saleIn(pool, sell, amountIn) })).reduce((best, part) => (part.amountOut > best.amountOut ? part : best))

/** What is left over between the marginal prices is this part of the sale at most; it earns a part of that part less than it could. */
const TOLERANCE = 2n ** 20n

const balanced = (pools: ReadonlyArray<TradingPool>, sell: Side, amountIn: bigint): ReadonlyArray<Part> => {
  if (pools.length === 1) return [{ pool: pools[0]!, ...saleIn(pools[0]!, sell, amountIn) }]
  const opening = pools
    .map((pool) => rateAfterFee(pool, sell))
    .map(({ dollarMicros, tokenWei }) => (dollarMicros * RATE_WEI) / tokenWei)
    .reduce((best, rate) => (sell === "token" ? (rate > best ? rate : best) : rate < best ? rate : best))
  const at = (slip: bigint): Rate => ({
    dollarMicros: sell === "token" ? opening - slip : opening + slip,
    tokenWei: RATE_WEI,
  })
  const sold = (slip: bigint) => pools.reduce((sum, pool) => sum + saleUntil(pool, sell, at(slip)).amountIn, -amountIn)
  const slipMax = sell === "token" ? opening - 1n : opening * 2n ** 64n
  let high = opening / 1024n + 1n
  while (sold(high) < 0n && high < slipMax) high = minBigint(high * 2n, slipMax)
  const slip = crossing(sold, 0n, high, amountIn / TOLERANCE)
  const amounts = pools.map((pool) => saleUntil(pool, sell, at(slip)).amountIn)
  const rest = amounts.reduce((left, amount) => left - amount, amountIn)
  const deepest = amounts.reduce((most, amount, i) => (amount > amounts[most]! ? i : most), 0)
  return pools
    .map((pool, i) => ({ pool, ...saleIn(pool, sell, amounts[i]! + (i === deepest ? rest : 0n)) }))
    .filter((part) => part.amountIn > 0n)
}

/** Rates are micro-dollars for so many wei, so that they have digits enough to share a large sale out. */
const RATE_WEI = 10n ** 36n
