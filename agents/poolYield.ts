import { exp, ln } from "../sim/maths.ts"
import { DAYS_PER_YEAR } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

/** What a liquidity provider has seen of the pool, once a day. */
export interface PoolMemory {
  /** sqrt(x y) per pool share, which only fees raise. */
  readonly growthPerShare: number
  readonly usdPerToken: number
  readonly feePerDay: number
  readonly variancePerDay: number
}

export const unseenPool: PoolMemory = { growthPerShare: 0, usdPerToken: 0, feePerDay: 0, variancePerDay: 0 }

/** Smooths a day's fees and volatility with a half-life; the first day stands for the days before it. */
export const watchPool = (before: PoolMemory, { ledger, usdPerToken }: World, memoryDays: number): PoolMemory => {
  const { tokenReserveWei, dollarReserveMicros, totalShares } = ledger.pool
  const growthPerShare = Math.sqrt(Number(tokenReserveWei) * Number(dollarReserveMicros)) / Number(totalShares)
  if (before.growthPerShare === 0) return { ...before, growthPerShare, usdPerToken }
  const keep = exp(-ln(2) / memoryDays)
  const move = ln(usdPerToken / before.usdPerToken)
  const old = before.variancePerDay === 0 ? 0 : keep
  return {
    growthPerShare,
    usdPerToken,
    feePerDay: before.feePerDay * old + (growthPerShare / before.growthPerShare - 1) * (1 - old),
    variancePerDay: before.variancePerDay * old + move * move * (1 - old),
  }
}

/** Fees less the loss to arbitrageurs that volatility makes one expect: an eighth of the variance (Milionis et al. 2022). */
export const poolYieldPerYear = ({ feePerDay, variancePerDay }: PoolMemory): number => (feePerDay - variancePerDay / 8) * DAYS_PER_YEAR
