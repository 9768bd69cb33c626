import { Schema } from "effect"
import { quantity } from "../quantity.ts"
import { BPS, fromMicros, maxBigint, sqrtBigint, toBps } from "../units.ts"

/** The token/dollar pool: Uniswap v2 factory, pair and router from the published artifacts. Fee 0.3 % to liquidity providers. */
export const Params = Schema.Struct({
  tokens: quantity("Tokens in the pool at the start", { unit: "tokens", min: 1, max: 1e10 }),
  treasuryShare: quantity("Part of the opening liquidity that the treasury provides and never takes out", {
    unit: "share",
    min: 0,
    max: 1,
  }),
  usd: quantity("Dollars in the pool at the start; the ratio is the opening price", { unit: "USD", min: 1, max: 1e10 }),
})

export interface View {
  readonly tokenReserveWei: bigint
  readonly dollarReserveMicros: bigint
  readonly totalShares: bigint
  readonly shares: ReadonlyMap<string, bigint>
}

export type Side = "token" | "dollar"

export type Action =
  | { readonly kind: "pool.swap"; readonly sell: Side; readonly amountIn: bigint; readonly amountOutMin: bigint }
  | { readonly kind: "pool.addLiquidity"; readonly tokenWei: bigint; readonly dollarMicros: bigint }
  | { readonly kind: "pool.removeLiquidity"; readonly shares: bigint }

export type Fact =
  | { readonly kind: "pool.swapped"; readonly agent: string; readonly sell: Side; readonly amountIn: bigint; readonly amountOut: bigint }
  | { readonly kind: "pool.liquidityAdded"; readonly agent: string; readonly tokenWei: bigint; readonly dollarMicros: bigint }
  | { readonly kind: "pool.liquidityRemoved"; readonly agent: string; readonly tokenWei: bigint; readonly dollarMicros: bigint }

/** Dollars that one unit of pool share stands for: both sides at the pool's own price. */
export const usdPerShare = ({ dollarReserveMicros, totalShares }: View): number =>
  totalShares === 0n ? 0 : (2 * fromMicros(dollarReserveMicros)) / Number(totalShares)

/** What the pair pays for `amountIn`, rounded down (UniswapV2Library.getAmountOut). */
export const amountOut = (amountIn: bigint, reserveIn: bigint, reserveOut: bigint): bigint => {
  if (amountIn <= 0n || reserveIn <= 0n || reserveOut <= 0n) return 0n
  const amountInAfterFee = amountIn * 997n
  return (amountInAfterFee * reserveOut) / (reserveIn * 1000n + amountInAfterFee)
}

/** What one must pay in to receive `out`, rounded up; undefined when the pool does not hold that much. */
export const amountIn = (out: bigint, reserveIn: bigint, reserveOut: bigint): bigint | undefined =>
  out >= reserveOut || reserveIn <= 0n ? undefined : (reserveIn * out * 1000n) / ((reserveOut - out) * 997n) + 1n

/** The most tokens that can be sold for a mean price, fee included, of no more than a share below the marginal price; rounded down. */
export const saleWithin = ({ tokenReserveWei }: Pick<View, "tokenReserveWei">, slippageShare: number): bigint => {
  const keptBps = BPS - toBps(slippageShare)
  // amountOut / amountIn over the marginal price is 997 T / (1000 T + 997 amountIn).
  if (keptBps === 0n) return tokenReserveWei
  return maxBigint((tokenReserveWei * (997n * BPS - 1000n * keptBps)) / (997n * keptBps), 0n)
}

/** What one side of the reserves is worth in the other at the marginal price, without fee. */
export const quote = (amount: bigint, reserveOfAmount: bigint, reserveOther: bigint): bigint =>
  reserveOfAmount === 0n ? 0n : (amount * reserveOther) / reserveOfAmount

/**
 * The trade that moves the marginal price of the pool to `truthA : truthB` after the fee, most profitable for an arbitrageur
 * who can trade at that price elsewhere (UniswapV2LiquidityMathLibrary.computeProfitMaximizingTrade).
 * `amountIn` is 0 inside the fee band.
 */
export const arbitrage = (
  truthA: bigint,
  truthB: bigint,
  reserveA: bigint,
  reserveB: bigint,
): { readonly sellA: boolean; readonly amountIn: bigint } => {
  if (reserveA === 0n || reserveB === 0n || truthA === 0n || truthB === 0n) return { sellA: true, amountIn: 0n }
  const sellA = (reserveA * truthB) / reserveB < truthA
  const invariant = reserveA * reserveB
  const [truthIn, truthOut] = sellA ? [truthA, truthB] : [truthB, truthA]
  const target = sqrtBigint((invariant * 1000n * truthIn) / (truthOut * 997n))
  const present = ((sellA ? reserveA : reserveB) * 1000n) / 997n
  return { sellA, amountIn: target > present ? target - present : 0n }
}
