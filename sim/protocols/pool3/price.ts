import { maxBigint, minBigint, sqrtBigint, toWei, usdPerToken } from "../../units.ts"
import type { Side } from "../pool.ts"
import type { Price } from "./positionAmounts.ts"
import { MAX_SQRT_RATIO, MIN_SQRT_RATIO, sqrtRatioAtTick } from "./tick.ts"

/** A price of the token as a quotient of two amounts. */
export interface Rate {
  readonly dollarMicros: bigint
  readonly tokenWei: bigint
}

const Q192 = 2n ** 192n

/** Marginal price of a pool, without fee. */
export const rateAt = ({ tokenFirst, sqrtPriceX96 }: Price): Rate => {
  const squared = sqrtPriceX96 * sqrtPriceX96
  return tokenFirst ? { dollarMicros: squared, tokenWei: Q192 } : { dollarMicros: Q192, tokenWei: squared }
}

export const usdPerTokenAt = (price: Price): number => {
  const { dollarMicros, tokenWei } = rateAt(price)
  return usdPerToken(dollarMicros, tokenWei)
}

/** Price of the token that a tick stands for. */
export const usdPerTokenAtTick = (tick: number, tokenFirst: boolean): number =>
  usdPerTokenAt({ tokenFirst, sqrtPriceX96: sqrtRatioAtTick(tick) })

export const rateOf = (usd: number): Rate => ({ dollarMicros: toWei(usd), tokenWei: 10n ** 30n })

/** A price of the token as the pool says it, rounded down and cut to what a pool can say. */
export const sqrtPriceAt = ({ dollarMicros, tokenWei }: Rate, tokenFirst: boolean): bigint => {
  const [amount1, amount0] = tokenFirst ? [dollarMicros, tokenWei] : [tokenWei, dollarMicros]
  const root = amount0 === 0n ? MAX_SQRT_RATIO : sqrtBigint((amount1 * Q192) / amount0)
  return minBigint(maxBigint(root, MIN_SQRT_RATIO + 1n), MAX_SQRT_RATIO - 1n)
}

/**
 * Where a trade against a price elsewhere must stop in a pool: beyond this limit the next unit, after the pool's fee, is worth more there.
 * Who sells tokens gets less than the pool's price by the fee, who buys them pays more.
 */
export const arbitrageLimit = (
  { feePips, tokenFirst }: { readonly feePips: number; readonly tokenFirst: boolean },
  sell: Side,
  { dollarMicros, tokenWei }: Rate,
): bigint => {
  const kept = 1_000_000n - BigInt(feePips)
  return sell === "token"
    ? sqrtPriceAt({ dollarMicros: dollarMicros * 1_000_000n, tokenWei: tokenWei * kept }, tokenFirst)
    : sqrtPriceAt({ dollarMicros: dollarMicros * kept, tokenWei: tokenWei * 1_000_000n }, tokenFirst)
}
