import { fromWei } from "../units.ts"
import { metric } from "../metric.ts"

export const emittedTokens = metric({
  label: "Emitted",
  unit: "tokens",
  description: "Tokens minted by the emission controller since the start",
  daily: "last",
  of: ({ after }) => fromWei(after.emissions.emittedWei),
})
