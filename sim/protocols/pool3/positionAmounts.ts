import { maxBigint, minBigint } from "../../units.ts"
import type { Pool } from "../pool3.ts"
import { amount0Between, amount1Between } from "./sqrtPrice.ts"
import { sqrtRatioAtTick } from "./tick.ts"

export interface Range {
  readonly tickLower: number
  readonly tickUpper: number
}

export interface Amounts {
  readonly tokenWei: bigint
  readonly dollarMicros: bigint
}

/** What a pool is at, as far as positions are concerned. */
export type Price = Pick<Pool, "tokenFirst" | "sqrtPriceX96">

/** The coins behind so much liquidity in a range: rounded down for what is paid out, up for what must be paid in (v3-core's pool). */
export const positionAmounts = (price: Price, { tickLower, tickUpper }: Range, liquidity: bigint, isRoundedUp = false): Amounts => {
  const [low, high] = [sqrtRatioAtTick(tickLower), sqrtRatioAtTick(tickUpper)]
  const at = minBigint(maxBigint(price.sqrtPriceX96, low), high)
  const amount0 = amount0Between(at, high, liquidity, isRoundedUp)
  const amount1 = amount1Between(low, at, liquidity, isRoundedUp)
  return price.tokenFirst ? { tokenWei: amount0, dollarMicros: amount1 } : { tokenWei: amount1, dollarMicros: amount0 }
}

/** The most liquidity that both amounts can pay for, as the position manager works it out (v3-periphery LiquidityAmounts). */
export const liquidityFor = (price: Price, { tickLower, tickUpper }: Range, { tokenWei, dollarMicros }: Amounts): bigint => {
  const [amount0, amount1] = price.tokenFirst ? [tokenWei, dollarMicros] : [dollarMicros, tokenWei]
  const [low, high] = [sqrtRatioAtTick(tickLower), sqrtRatioAtTick(tickUpper)]
  const { sqrtPriceX96 } = price
  const for0 = (from: bigint) => (amount0 * ((from * high) >> 96n)) / (high - from)
  const for1 = (to: bigint) => (amount1 << 96n) / (to - low)
  if (sqrtPriceX96 <= low) return for0(low)
  if (sqrtPriceX96 >= high) return for1(high)
  return minBigint(for0(sqrtPriceX96), for1(sqrtPriceX96))
}
