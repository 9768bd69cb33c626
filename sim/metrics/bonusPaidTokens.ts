import { sumOf } from "../facts.ts"
import { metric } from "../metric.ts"
import { fromWei } from "../units.ts"

export const bonusPaidTokens = metric({
  label: "Uptime bonuses",
  unit: "tokens",
  description: "Paid to providers in the tick for a month of enough uptime",
  daily: "sum",
  of: ({ settlement, world }) =>
    world.rules.uptime === undefined ? undefined : fromWei(sumOf(settlement.receipts, "uptime.bonusPaid", (fact) => fact.amountWei)),
})
