import { sumOf } from "../facts.ts"
import { total } from "../invariant.ts"
import { fromWei } from "../units.ts"
import { metric } from "../metric.ts"

export const farmRewardsTokens = metric({
  label: "Farm rewards",
  unit: "tokens",
  description: "Earned by stakers in the tick, claimed or not; one column a farm",
  daily: "sum",
  of: ({ before, after, settlement }) =>
    new Map(
      [...after.farms].map(([id, { earnedWei }]) => {
        const paidWei = sumOf(settlement.receipts, "farm.rewardPaid", (fact) => (fact.farm === id ? fact.amountWei : 0n))
        return [id, fromWei(paidWei + total(earnedWei) - total(before.farms.get(id)?.earnedWei ?? new Map()))]
      }),
    ),
})
