import type { Farm } from "../sim/protocols/farm.ts"
import { usdPerShare } from "../sim/protocols/pool.ts"
import { DAYS_PER_YEAR, fromWei } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

/** Reward of a year for a dollar staked, at today's price, with so many pool shares more in the farm than now. */
export const farmYieldPerYear = ({ rewardWeiPerDay, totalShares }: Farm, { ledger, usdPerToken }: World, moreShares: bigint): number => {
  const stakedUsd = Number(totalShares + moreShares) * usdPerShare(ledger.pool)
  return stakedUsd > 0 ? (fromWei(rewardWeiPerDay) * usdPerToken * DAYS_PER_YEAR) / stakedUsd : 0
}

/** The farm that pays most on so many more shares; undefined while none pays. */
export const bestFarm = (world: World, moreShares: bigint): { readonly id: string; readonly yieldPerYear: number } | undefined => {
  let best: { readonly id: string; readonly yieldPerYear: number } | undefined
  for (const [id, farm] of world.ledger.farms) {
    const yieldPerYear = farmYieldPerYear(farm, world, moreShares)
    if (yieldPerYear > (best?.yieldPerYear ?? 0)) best = { id, yieldPerYear }
  }
  return best
}
