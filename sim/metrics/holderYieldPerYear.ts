import { metric } from "../metric.ts"
import { factsOf, sumOf } from "../facts.ts"
import { DAYS_PER_YEAR, fromMicros, fromWei } from "../units.ts"

export const holderYieldPerYear = metric({
  label: "Yield of bound tokens",
  unit: "share",
  description: "What stakers' and lockers' tokens earned in the day, in tokens and dollars, over their worth, times 365; one column each",
  daily: "sum",
  of: ({ after, before, world, settlement: { receipts } }) => {
    const { staking, burn } = world.rules
    const price = world.usdPerToken
    // A day's yields add up, so each tick has its own part of them.
    const perYear = (earnedUsd: number, wei: bigint) => (wei === 0n ? 0 : (earnedUsd / (fromWei(wei) * price)) * DAYS_PER_YEAR)
    const yields = new Map<string, number>()
    if (staking !== undefined) {
      const tokens = fromWei(
        sumOf(receipts, "staking.funded", (fact) => fact.amountWei) + sumOf(receipts, "staking.given", (fact) => fact.amountWei),
      )
      const usd = fromMicros(sumOf(receipts, "staking.distributed", (fact) => fact.stakersMicros))
      yields.set("stakers", perYear(tokens * price + usd, before.staking.stakedWei))
    }
    if (burn.kind === "lock") {
      const usd = factsOf(receipts, "lock.distributed").reduce((sum, fact) => sum + fromMicros(fact.amountMicros), 0)
      yields.set("lockers", perYear(usd, after.locks.lockedWei))
    }
    return yields
  },
})
