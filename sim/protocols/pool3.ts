import { Schema } from "effect"
import { Id } from "../id.ts"
import { exp, ln } from "../maths.ts"
import { count, or, quantity } from "../quantity.ts"
import type { Side } from "./pool.ts"

/**
 * A hook makes the pool one of Uniswap v4, whose fee follows its own volatility: `feePips`, and so much more for each tick by which blocks
 * lately moved the price. All swaps of a block pay the same, so it is known before they are made.
 */
const Hook = Schema.Struct({
  kind: Schema.Literal("volatilityFee"),
  feePipsMax: count("Most that it asks", { unit: "millionths of what is paid in", min: 0, max: 999_999 }).pipe(or(20_000)),
  pipsPerTick: quantity("Added fee for each tick of the moves' root mean square", {
    unit: "millionths per tick",
    min: 0,
    max: 10_000,
  }).pipe(or(20)),
  halfLifeBlocks: quantity("Moves of how many traded ticks ago count half", { unit: "ticks", min: 0.1, max: 10_000 }).pipe(or(8)),
})
export type Hook = typeof Hook.Type

export const hookTerms = ({ feePipsMax, pipsPerTick, halfLifeBlocks }: Hook) => ({
  feePipsMax,
  milliPipsPerTick: Math.round(pipsPerTick * 1000),
  keepPpm: Math.round(exp(-ln(2) / halfLifeBlocks) * 1e6),
})

/**
 * Token/dollar pools of Uniswap v3 beside the main pool: factory, position manager and router from the published artifacts. They open at the
 * main pool's price, with a full-range position of the treasury. Ticks and prices are the pool's own: token 1 for one token 0.
 */
export const Params = Schema.Struct({
  id: Id,
  feePips: count("Fee of the pool; 500, 3000 and 10000 have their own tick spacings, any other has spacing 1", {
    unit: "millionths of what is paid in",
    min: 0,
    max: 999_999,
  }),
  treasuryUsd: quantity("Dollars in the treasury's position, and as much again in tokens", { unit: "USD", min: 1, max: 1e10 }),
  twapHours: count("Window of the pool's mean price", { unit: "hours", min: 1, max: 168 }).pipe(or(24)),
  hook: Schema.optionalKey(Hook),
})

/** One NFT of the position manager. */
export interface Position {
  readonly agent: string
  readonly tickLower: number
  readonly tickUpper: number
  readonly liquidity: bigint
  /** What `collect` would pay now: fees, and what was taken out of the liquidity and not yet collected. */
  readonly owedTokenWei: bigint
  readonly owedDollarMicros: bigint
}

export interface Pool {
  /** What the next block's swaps pay. */
  readonly feePips: number
  readonly tickSpacing: number
  /** Whether the network token is token 0. */
  readonly tokenFirst: boolean
  readonly sqrtPriceX96: bigint
  readonly tick: number
  /** In range now. */
  readonly liquidity: bigint
  readonly tokenWei: bigint
  readonly dollarMicros: bigint
  /** Time-weighted mean tick of the last `twapHours`, or of as many as the pool remembers. */
  readonly meanTick: number
  /** By number of the NFT; positions without liquidity and debts are gone. */
  readonly positions: ReadonlyMap<bigint, Position>
}

export interface View {
  readonly pools: ReadonlyMap<string, Pool>
  /** Number of the position that is minted next in a v3 pool. */
  readonly nextPositionId: bigint
}

export const noPools: View = { pools: new Map(), nextPositionId: 1n }

export type Action =
  /** Sells up to `amountIn`; stops at the price limit, which may leave a part unsold (0: goes as far as there is liquidity). */
  | {
      readonly kind: "pool3.swap"
      readonly pool: string
      readonly sell: Side
      readonly amountIn: bigint
      readonly amountOutMin: bigint
      readonly limitSqrtPriceX96: bigint
    }
  | {
      readonly kind: "pool3.mint"
      readonly pool: string
      readonly tickLower: number
      readonly tickUpper: number
      readonly tokenWei: bigint
      readonly dollarMicros: bigint
    }
  | {
      readonly kind: "pool3.increase"
      readonly pool: string
      readonly positionId: bigint
      readonly tokenWei: bigint
      readonly dollarMicros: bigint
    }
  /** Takes liquidity out and collects everything that is owed. */
  | { readonly kind: "pool3.decrease"; readonly pool: string; readonly positionId: bigint; readonly liquidity: bigint }
  | { readonly kind: "pool3.collect"; readonly pool: string; readonly positionId: bigint }

/** Who did what to which position. */
interface OfPosition {
  readonly agent: string
  readonly pool: string
  readonly positionId: bigint
  readonly tokenWei: bigint
  readonly dollarMicros: bigint
}

export type Fact =
  | {
      readonly kind: "pool3.swapped"
      readonly agent: string
      readonly pool: string
      readonly sell: Side
      readonly amountIn: bigint
      readonly amountOut: bigint
    }
  | ({ readonly kind: "pool3.increased"; readonly liquidity: bigint } & OfPosition)
  /** Out of the liquidity, owed until collected. */
  | ({ readonly kind: "pool3.decreased"; readonly liquidity: bigint } & OfPosition)
  | ({ readonly kind: "pool3.collected" } & OfPosition)
