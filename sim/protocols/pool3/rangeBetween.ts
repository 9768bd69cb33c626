import type { Pool } from "../pool3.ts"
import type { Range } from "./positionAmounts.ts"
import { rateOf, sqrtPriceAt } from "./price.ts"
import { tickAtSqrtRatio, usableTick, widestTicks } from "./tick.ts"

/** The usable ticks that just hold all prices of the token between two, in dollars. */
export const rangeBetween = (
  { tokenFirst, tickSpacing }: Pick<Pool, "tokenFirst" | "tickSpacing">,
  lowUsd: number,
  highUsd: number,
): Range => {
  const [from, to] = [lowUsd, highUsd].map((usd) => tickAtSqrtRatio(sqrtPriceAt(rateOf(usd), tokenFirst))).sort((a, b) => a - b)
  const widest = widestTicks(tickSpacing)
  return {
    tickLower: Math.max(usableTick(from!, tickSpacing), widest.tickLower),
    tickUpper: Math.min(usableTick(to!, tickSpacing) + tickSpacing, widest.tickUpper),
  }
}

export const isInRange = ({ tick }: Pick<Pool, "tick">, { tickLower, tickUpper }: Range): boolean => tickLower <= tick && tick < tickUpper
