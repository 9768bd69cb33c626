import { sumOf } from "../facts.ts"
import { metric } from "../metric.ts"
import { fromWei } from "../units.ts"

export const releasedTokens = metric({
  label: "Unlocked",
  unit: "tokens",
  description: "Tokens that vesting wallets paid out in the tick",
  daily: "sum",
  of: ({ after, settlement }) =>
    after.vesting.size === 0 ? new Map() : fromWei(sumOf(settlement.receipts, "vesting.released", (fact) => fact.amountWei)),
})
