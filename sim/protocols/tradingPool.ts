import type { Action, LedgerView } from "../ledger.ts"
import { BPS, minBigint, usdPerToken } from "../units.ts"
import { amountOut, arbitrage, type Side } from "./pool.ts"
import { afterTax, beforeTax, type View as Tax } from "./tax.ts"
import type { Pool } from "./pool3.ts"
import { arbitrageLimit, type Rate, rateAt, usdPerTokenAt } from "./pool3/price.ts"
import { quoteSwap } from "./pool3/quoteSwap.ts"

/** A token/dollar pool of either version, as those see it who trade: the main pool is a constant product, the others have ranges. */
export type TradingPool =
  | { readonly kind: "pool"; readonly id: "main"; readonly tokenWei: bigint; readonly dollarMicros: bigint; readonly tax: Tax }
  | { readonly kind: "pool3"; readonly id: string; readonly state: Pool }

export interface Sale {
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly after: TradingPool
}

/** The main pool first, then the others in the order of the scenario. The same list for the same reading of the chain. */
export const tradingPools = (ledger: Pick<LedgerView, "pool" | "pools3" | "tax">): ReadonlyArray<TradingPool> => {
  const known = lists.get(ledger)
  if (known !== undefined) return known
  const { pool, pools3, tax } = ledger
  const list: ReadonlyArray<TradingPool> = [
    { kind: "pool", id: "main", tokenWei: pool.tokenReserveWei, dollarMicros: pool.dollarReserveMicros, tax },
    ...[...pools3.pools].map(([id, state]): TradingPool => ({ kind: "pool3", id, state })),
  ]
  lists.set(ledger, list)
  return list
}

const lists = new WeakMap<object, ReadonlyArray<TradingPool>>()

/** The state of the v3 pool of an id. */
export const rangedPool = (pools: ReadonlyArray<TradingPool>, id: string): Pool => {
  const pool = pools.find((one) => one.id === id)
  if (pool?.kind !== "pool3") throw new Error(`unknown pool: ${id}`)
  return pool.state
}

/** The main pool's fee in millionths of what is paid in (UniswapV2Library). */
const MAIN_FEE_PIPS = 3_000

const feePipsOf = (pool: TradingPool): number => (pool.kind === "pool" ? MAIN_FEE_PIPS : pool.state.feePips)

/** Marginal price, without fee. */
export const usdPerTokenIn = (pool: TradingPool): number =>
  pool.kind === "pool" ? usdPerToken(pool.dollarMicros, pool.tokenWei) : usdPerTokenAt(pool.state)

/** The price of the first unit, fee and tax included. */
export const rateAfterFee = (pool: TradingPool, sell: Side): Rate => {
  const { dollarMicros, tokenWei } = pool.kind === "pool" ? taxedRate(pool, sell) : rateAt(pool.state)
  const kept = PIPS - BigInt(feePipsOf(pool))
  return sell === "token"
    ? { dollarMicros: dollarMicros * kept, tokenWei: tokenWei * PIPS }
    : { dollarMicros: dollarMicros * PIPS, tokenWei: tokenWei * kept }
}

export const usdAfterFee = (pool: TradingPool, sell: Side): number => {
  const { dollarMicros, tokenWei } = rateAfterFee(pool, sell)
  return usdPerToken(dollarMicros, tokenWei)
}

const PIPS = 1_000_000n

/** What a sale does. A pool with ranges may run out of liquidity before it has taken everything. */
export const saleIn = (pool: TradingPool, sell: Side, amountIn: bigint): Sale => {
  if (pool.kind === "pool") return mainSale(pool, sell, amountIn)
  const { after, ...amounts } = quoteSwap(pool.state, sell, amountIn)
  return { ...amounts, after: { ...pool, state: after } }
}

/**
 * The sale after which the marginal price, fee included, has reached a rate, or as much of it as may be sold: nothing where it is there
 * already. Beyond it one does better elsewhere at that rate.
 */
export const saleUntil = (pool: TradingPool, sell: Side, rate: Rate, amountInMax?: bigint): Sale => {
  if (pool.kind === "pool") {
    const untaxed = beforeTaxRate(pool.tax, sell, rate)
    const { sellA, amountIn } = arbitrage(untaxed.tokenWei, untaxed.dollarMicros, pool.tokenWei, pool.dollarMicros)
    const arriving = sellA === (sell === "token") ? amountIn : 0n
    const wanted = sell === "token" ? beforeTax(pool.tax, sell, arriving) : arriving
    return mainSale(pool, sell, amountInMax === undefined ? wanted : minBigint(wanted, amountInMax))
  }
  const { after, ...amounts } = quoteSwap(pool.state, sell, amountInMax ?? UNLIMITED, arbitrageLimit(pool.state, sell, rate))
  return { ...amounts, after: { ...pool, state: after } }
}

/** The order for a sale. With a rate it stops there, so that it may be filled in part where others came first. */
export const swapAction = (pool: TradingPool, sell: Side, amountIn: bigint, amountOutMin: bigint, until?: Rate): Action =>
  pool.kind === "pool"
    ? { kind: "pool.swap", sell, amountIn, amountOutMin }
    : {
        kind: "pool3.swap",
        pool: pool.id,
        sell,
        amountIn,
        amountOutMin,
        limitSqrtPriceX96: until === undefined ? 0n : arbitrageLimit(pool.state, sell, until),
      }

const UNLIMITED = 2n ** 128n

type MainPool = Extract<TradingPool, { readonly kind: "pool" }>

/** The main pool's price as it is to a trader: less for tokens that are sold, more for those that are bought. */
const taxedRate = ({ tax, tokenWei, dollarMicros }: MainPool, sell: Side): Rate =>
  sell === "token"
    ? { dollarMicros: dollarMicros * (BPS - tax.sellBps), tokenWei: tokenWei * BPS }
    : { dollarMicros: dollarMicros * BPS, tokenWei: tokenWei * (BPS - tax.buyBps) }

/** The price that the main pool must have so that a trader has that rate after tax. */
const beforeTaxRate = ({ buyBps, sellBps }: Tax, sell: Side, { dollarMicros, tokenWei }: Rate): Rate => {
  if (buyBps === 0n && sellBps === 0n) return { dollarMicros, tokenWei }
  return sell === "token"
    ? { dollarMicros: dollarMicros * BPS, tokenWei: tokenWei * (BPS - sellBps) }
    : { dollarMicros: dollarMicros * (BPS - buyBps), tokenWei: tokenWei * BPS }
}

const mainSale = (pool: MainPool, sell: Side, amountIn: bigint): Sale => {
  const { tokenWei, dollarMicros, tax } = pool
  if (sell === "token") {
    const arriving = afterTax(tax, sell, amountIn)
    const out = amountOut(arriving, tokenWei, dollarMicros)
    return { amountIn, amountOut: out, after: { ...pool, tokenWei: tokenWei + arriving, dollarMicros: dollarMicros - out } }
  }
  const out = amountOut(amountIn, dollarMicros, tokenWei)
  return {
    amountIn,
    amountOut: afterTax(tax, sell, out),
    after: { ...pool, tokenWei: tokenWei - out, dollarMicros: dollarMicros + amountIn },
  }
}
