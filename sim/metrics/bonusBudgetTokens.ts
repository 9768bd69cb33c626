import { metric } from "../metric.ts"
import { uptimeAccount } from "../protocols/uptime.ts"
import { fromWei } from "../units.ts"

export const bonusBudgetTokens = metric({
  label: "Left for bonuses",
  unit: "tokens",
  description: "What is left of the budget for uptime bonuses and keepers",
  daily: "last",
  of: ({ after, world }) => (world.rules.uptime === undefined ? undefined : fromWei(after.token.balanceWei.get(uptimeAccount) ?? 0n)),
})
