import { fromWei } from "../units.ts"
import { metric } from "../metric.ts"

export const supplyTokens = metric({
  label: "Supply",
  unit: "tokens",
  description: "Tokens in existence",
  daily: "last",
  of: ({ after }) => fromWei(after.token.supplyWei),
})
