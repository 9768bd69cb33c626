import { Schema } from "effect"
import { Id } from "../id.ts"
import { count, or, quantity } from "../quantity.ts"
import type { Side } from "./pool.ts"

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
  /** Number of the position that is minted next. */
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
