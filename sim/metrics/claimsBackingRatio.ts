import { metric } from "../metric.ts"
import { fromMicros, fromWei } from "../units.ts"

export const claimsBackingRatio = metric({
  label: "Market worth over claims",
  unit: "times",
  description: "Worth of all tokens at the pool's price over the dollar claims that they must serve; no value without claims",
  daily: "last",
  of: ({ after, world }) => {
    if (world.rules.claims === undefined) return new Map()
    const claims = fromMicros(after.claims.totalMicros)
    return claims > 0 ? (fromWei(after.token.supplyWei) * world.usdPerToken) / claims : NaN
  },
})
