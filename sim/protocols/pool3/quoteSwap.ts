import type { Side } from "../pool.ts"
import type { Pool, Position } from "../pool3.ts"
import { type Curve, openLimit, swap } from "./swap.ts"

export interface Quote {
  /** What the swap takes of the offer; less than the offer when it ends at the limit. */
  readonly amountIn: bigint
  readonly amountOut: bigint
  /** What a unit of liquidity earned, times 2^128, in the coin that was sold. */
  readonly feeGrowthX128: bigint
  readonly after: Pool
}

/** What a swap in this pool does, to the unit. A limit of 0 goes as far as there is liquidity; behind the price nothing is traded. */
export const quoteSwap = (pool: Pool, sell: Side, amountIn: bigint, limitSqrtPriceX96 = 0n): Quote => {
  const zeroForOne = isZeroForOne(pool, sell)
  const limitX96 = limitSqrtPriceX96 === 0n ? openLimit(zeroForOne) : limitSqrtPriceX96
  const swapped = amountIn > 0n ? swap({ ...pool, ticks: ticksOf(pool.positions) }, zeroForOne, amountIn, limitX96) : undefined
  if (swapped === undefined) return { amountIn: 0n, amountOut: 0n, feeGrowthX128: 0n, after: pool }
  const { paid, received, sqrtPriceX96, tick, liquidity, feeGrowthX128 } = swapped
  const [tokens, dollars] = sell === "token" ? [paid, -received] : [-received, paid]
  return {
    amountIn: paid,
    amountOut: received,
    feeGrowthX128,
    after: {
      ...pool,
      sqrtPriceX96,
      tick,
      liquidity,
      tokenWei: pool.tokenWei + tokens,
      dollarMicros: pool.dollarMicros + dollars,
    },
  }
}

/** Whether a sale pays token 0 in and moves the price down. */
export const isZeroForOne = (pool: Pick<Pool, "tokenFirst">, sell: Side): boolean => (sell === "token") === pool.tokenFirst

type Ticks = Curve["ticks"]

/** Worked out once for each reading of the chain: a tick's agents ask for many quotes of the same positions. */
const known = new WeakMap<ReadonlyMap<bigint, Position>, Ticks>()

export const ticksOf = (positions: ReadonlyMap<bigint, Position>): Ticks => {
  const found = known.get(positions)
  if (found !== undefined) return found
  const nets = new Map<number, { net: bigint; gross: bigint }>()
  const add = (tick: number, change: bigint, liquidity: bigint) => {
    const { net, gross } = nets.get(tick) ?? { net: 0n, gross: 0n }
    nets.set(tick, { net: net + change, gross: gross + liquidity })
  }
  for (const { tickLower, tickUpper, liquidity } of positions.values()) {
    add(tickLower, liquidity, liquidity)
    add(tickUpper, -liquidity, liquidity)
  }
  // A tick is initialised while a position ends there, even where two cancel out.
  const ticks = [...nets]
    .filter(([, { gross }]) => gross > 0n)
    .map(([tick, { net }]) => ({ tick, liquidityNet: net }))
    .sort((a, b) => a.tick - b.tick)
  known.set(positions, ticks)
  return ticks
}
