import { metric } from "../metric.ts"
import { unvestedTokens as unvested } from "../protocols/vesting.ts"

export const unvestedTokens = metric({
  label: "Not vested",
  unit: "tokens",
  description: "Tokens in vesting wallets that are not free yet",
  daily: "last",
  of: ({ after }) => (after.vesting.size === 0 ? new Map() : unvested(after.vesting, after.token.balanceWei)),
})
