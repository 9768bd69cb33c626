import type { Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { ordersBefore, poolsAt } from "../sim/protocols/pendingPools.ts"
import type { Pool } from "../sim/protocols/pool3.ts"
import { type Amounts, liquidityFor, positionAmounts, type Range } from "../sim/protocols/pool3/positionAmounts.ts"
import { usdPerTokenAt } from "../sim/protocols/pool3/price.ts"
import { isZeroForOne, quoteSwap } from "../sim/protocols/pool3/quoteSwap.ts"
import { isInRange, rangeBetween } from "../sim/protocols/pool3/rangeBetween.ts"
import { sqrtRatioAtTick } from "../sim/protocols/pool3/tick.ts"
import { rangedPool } from "../sim/protocols/tradingPool.ts"
import { maxBigint, minBigint, toWei } from "../sim/units.ts"
import type { World } from "../sim/world.ts"
import { plus, purseOf, valueUsd } from "./purse.ts"

export interface JustInTime {
  /** Range around the price: from it divided by this to it times this. */
  readonly widthRatio: number
  /** Smallest profit worth two orders. */
  readonly profitUsdMin: number
}

type Plan = Pick<Decision<never>, "actions" | "tipWei" | "closing">
type SwapAction = Extract<Action, { readonly kind: "pool3.swap" }>

/**
 * Liquidity for a moment: sees the swaps that are pending in its pool, puts everything into a narrow range right before those that bid the
 * same and takes it out right after, and squares outside what the swaps have left it with, where all that pays. The order to take it out must
 * name a position that does not exist yet, so it counts which number it will get.
 */
export const justInTime = (self: string, world: World, poolId: string, strategy: JustInTime): Plan => {
  const { pending, ledger, referenceUsdPerToken } = world
  const bids = new Set(pending.filter(({ action, tipWei }) => isSwapIn(poolId, action) && tipWei > 0n).map(({ tipWei }) => tipWei))
  let best: Attempt | undefined
  for (const tipWei of bids) {
    const attempt = attemptOn(self, world, poolId, strategy, tipWei)
    if (attempt !== undefined && attempt.profitUsd > (best?.profitUsd ?? -Infinity)) best = attempt
  }
  if (best !== undefined && best.profitUsd >= strategy.profitUsdMin) return best.plan
  return { actions: squared(purseOf(self, ledger), referenceUsdPerToken) }
}

/** With too little of one coin it could offer only a part of the other. */
const squared = (purse: Amounts, usdPerToken: number): ReadonlyArray<Action> => {
  const totalUsd = valueUsd(purse, usdPerToken)
  const excessUsd = valueUsd({ ...purse, dollarMicros: 0n }, usdPerToken) - totalUsd / 2
  if (Math.abs(excessUsd) <= skewMax * totalUsd) return []
  const tokenWei = toWei(Math.abs(excessUsd) / usdPerToken)
  return traded(excessUsd > 0 ? tokenWei : -tokenWei)
}

const skewMax = 0.1

interface Attempt {
  readonly plan: Plan
  readonly profitUsd: number
}

const isSwapIn = (poolId: string, action: Action): action is SwapAction => action.kind === "pool3.swap" && action.pool === poolId

const attemptOn = (self: string, world: World, poolId: string, { widthRatio }: JustInTime, watchedTipWei: bigint): Attempt | undefined => {
  const { pending, ledger, referenceUsdPerToken } = world
  const [tipWei, closingTipWei] = [watchedTipWei + 1n, watchedTipWei - 1n]
  const before = ordersBefore(pending, self, tipWei)
  const pool = rangedPool(poolsAt(world, self, tipWei), poolId)
  const price = usdPerTokenAt(pool)
  const range = rangeBetween(pool, price / widthRatio, price * widthRatio)
  const purse = purseOf(self, ledger)
  const liquidity = liquidityFor(pool, range, purse)
  if (liquidity === 0n) return undefined
  const hooked = new Set(world.rules.pools3.flatMap(({ id, hook }) => (hook === undefined ? [] : [id])))
  // Pools with a hook number their positions by themselves.
  const minted = before.filter(({ action }) => action.kind === "pool3.mint" && !hooked.has(action.pool))
  const positionId = ledger.pools3.nextPositionId + BigInt(minted.length)
  const between = ordersBefore(pending, self, closingTipWei).filter((order) => !before.includes(order))
  const gain = gainOf(
    pool,
    range,
    liquidity,
    positionId,
    self,
    between.map(({ action }) => action).filter((action) => isSwapIn(poolId, action)),
  )
  const plan: Plan = {
    actions: [{ kind: "pool3.mint", pool: poolId, ...range, ...purse }],
    tipWei,
    closing: {
      actions: [{ kind: "pool3.decrease", pool: poolId, positionId, liquidity }, ...traded(gain.tokenWei)],
      tipWei: closingTipWei,
    },
  }
  const feeShare = world.rules.venue.feeBps / 10_000
  return { plan, profitUsd: valueUsd(gain, referenceUsdPerToken * (gain.tokenWei > 0n ? 1 - feeShare : 1 + feeShare)) }
}

/** Tokens that were taken over go to the outside market, and those that were given away come from there. */
const traded = (tokenWei: bigint): ReadonlyArray<Action> => {
  if (tokenWei === 0n) return []
  return [{ kind: "venue.trade", sell: tokenWei > 0n ? "token" : "dollar", tokenWei: tokenWei > 0n ? tokenWei : -tokenWei }]
}

/** What the liquidity brings in over some swaps: other coins than were put in, and its part of the fees. */
const gainOf = (
  pool: Pool,
  range: Range,
  liquidity: bigint,
  positionId: bigint,
  agent: string,
  swaps: ReadonlyArray<SwapAction>,
): Amounts => {
  const paidIn = positionAmounts(pool, range, liquidity, true)
  const position = { agent, ...range, liquidity, owedTokenWei: 0n, owedDollarMicros: 0n }
  let state: Pool = { ...pool, liquidity: pool.liquidity + liquidity, positions: new Map([...pool.positions, [positionId, position]]) }
  let fees: Amounts = { tokenWei: 0n, dollarMicros: 0n }
  for (const { sell, amountIn, amountOutMin, limitSqrtPriceX96 } of swaps) {
    const whole = quoteSwap(state, sell, amountIn, limitSqrtPriceX96)
    if (whole.amountOut < amountOutMin) continue
    // Beyond the range others earn the fees.
    const zeroForOne = isZeroForOne(state, sell)
    const edge = sqrtRatioAtTick(zeroForOne ? range.tickLower : range.tickUpper)
    const limit = limitSqrtPriceX96 === 0n ? edge : zeroForOne ? maxBigint(edge, limitSqrtPriceX96) : minBigint(edge, limitSqrtPriceX96)
    const growthX128 = isInRange(state, range) ? quoteSwap(state, sell, amountIn, limit).feeGrowthX128 : 0n
    const fee = (growthX128 * liquidity) >> 128n
    fees = plus(fees, sell === "token" ? { tokenWei: fee, dollarMicros: 0n } : { tokenWei: 0n, dollarMicros: fee })
    state = whole.after
  }
  const returned = plus(positionAmounts(state, range, liquidity), fees)
  return { tokenWei: returned.tokenWei - paidIn.tokenWei, dollarMicros: returned.dollarMicros - paidIn.dollarMicros }
}
