import type { Action, LedgerView } from "../sim/ledger.ts"
import { splitSale } from "../sim/protocols/splitSale.ts"
import { swapAction, type TradingPool } from "../sim/protocols/tradingPool.ts"
import type { Amounts } from "../sim/protocols/pool3/positionAmounts.ts"
import { leastOut } from "../sim/protocols/leastOut.ts"
import { fromMicros, fromWei, toMicros, toWei } from "../sim/units.ts"

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
const swapUsdMin = 20
const swapShareMin = 0.01

export interface Rebalanced {
  readonly actions: ReadonlyArray<Action>
  /** What it holds afterwards at least. */
  readonly purse: Amounts
  /** What the swap lost to fees and to its own impact, at the price before. */
  readonly costUsd: number
}

/** Swaps, over the pools that pay most, until so much of the purse's value is in tokens. */
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
  const inCoin = (amountUsd: number) => (sell === "token" ? toWei(amountUsd / usdPerToken) : toMicros(amountUsd))
  const parts = splitSale(pools, sell, inCoin(usd), inCoin(swapUsdMin)).map((part) => ({
    ...part,
    amountOutMin: leastOut(part.amountOut, slippageShareMax),
  }))
  const sum = (amount: (part: (typeof parts)[number]) => bigint) => parts.reduce((total, part) => total + amount(part), 0n)
  const change = (received: bigint): Amounts => {
    const paid = sum(({ amountIn }) => amountIn)
    return sell === "token" ? { tokenWei: -paid, dollarMicros: received } : { tokenWei: received, dollarMicros: -paid }
  }
  return {
    actions: parts.map(({ pool, amountIn, amountOutMin }) => swapAction(pool, sell, amountIn, amountOutMin)),
    purse: plus(purse, change(sum(({ amountOutMin }) => amountOutMin))),
    costUsd: -valueUsd(change(sum(({ amountOut }) => amountOut)), usdPerToken),
  }
}
