import type { Action, LedgerView } from "../sim/ledger.ts"
import { bestSale } from "../sim/protocols/splitSale.ts"
import { swapAction, type TradingPool } from "../sim/protocols/tradingPool.ts"
import type { Amounts } from "../sim/protocols/pool3/positionAmounts.ts"
import { BPS, fromMicros, fromWei, toBps, toMicros, toWei } from "../sim/units.ts"

/** The coins that an agent holds. */
export const purseOf = (self: string, { token, dollar }: LedgerView): Amounts => ({
  tokenWei: token.balanceWei.get(self) ?? 0n,
  dollarMicros: dollar.balanceMicros.get(self) ?? 0n,
})

export const plus = (a: Amounts, b: Amounts): Amounts => ({
  tokenWei: a.tokenWei + b.tokenWei,
  dollarMicros: a.dollarMicros + b.dollarMicros,
})

export const valueUsd = ({ tokenWei, dollarMicros }: Amounts, usdPerToken: number): number =>
  fromWei(tokenWei) * usdPerToken + fromMicros(dollarMicros)

/** A swap below this is not worth its order, nor one below this share of what is held. */
const swapUsdMin = 10
const swapShareMin = 0.01

export interface Rebalanced {
  readonly actions: ReadonlyArray<Action>
  /** What it holds afterwards at least. */
  readonly purse: Amounts
  /** What the swap lost to fees and to its own impact, at the price before. */
  readonly costUsd: number
}

/** Swaps, in the pool that pays most, until so much of the purse's value is in tokens. */
export const rebalance = (
  purse: Amounts,
  tokenShare: number,
  usdPerToken: number,
  pools: ReadonlyArray<TradingPool>,
  slippageShareMax: number,
): Rebalanced => {
  const totalUsd = valueUsd(purse, usdPerToken)
  const excessUsd = fromWei(purse.tokenWei) * usdPerToken - tokenShare * totalUsd
  const usd = Math.abs(excessUsd)
  if (usd < Math.max(swapUsdMin, swapShareMin * totalUsd)) return { actions: [], purse, costUsd: 0 }
  const sell = excessUsd > 0 ? "token" : "dollar"
  const { pool, amountIn, amountOut } = bestSale(pools, sell, sell === "token" ? toWei(usd / usdPerToken) : toMicros(usd))
  const amountOutMin = (amountOut * (BPS - toBps(slippageShareMax))) / BPS
  const [paid, received, least]: ReadonlyArray<Amounts> =
    sell === "token"
      ? [side(amountIn, 0n), side(0n, amountOut), side(-amountIn, amountOutMin)]
      : [side(0n, amountIn), side(amountOut, 0n), side(amountOutMin, -amountIn)]
  return {
    actions: [swapAction(pool, sell, amountIn, amountOutMin)],
    purse: plus(purse, least!),
    costUsd: valueUsd(paid!, usdPerToken) - valueUsd(received!, usdPerToken),
  }
}

const side = (tokenWei: bigint, dollarMicros: bigint): Amounts => ({ tokenWei, dollarMicros })
