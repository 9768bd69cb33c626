import { circulatingTokens as circulating } from "../ledger.ts"
import { metric } from "../metric.ts"

export const circulatingTokens = metric({
  label: "Circulating supply",
  unit: "tokens",
  description: "Supply less stakes, treasury and unclaimed rewards",
  daily: "last",
  of: ({ after }) => circulating(after),
})
