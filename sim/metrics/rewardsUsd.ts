import { sumOf } from "../facts.ts"
import { fromWei } from "../units.ts"
import { metric } from "../metric.ts"

export const rewardsUsd = metric({
  label: "Rewards",
  unit: "USD",
  description: "Emission credited to providers in the tick, at the pool price",
  daily: "sum",
  of: ({ settlement, world }) => fromWei(sumOf(settlement.receipts, "rewards.credited", (fact) => fact.amountWei)) * world.usdPerToken,
})
