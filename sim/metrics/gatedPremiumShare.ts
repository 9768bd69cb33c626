import { metric } from "../metric.ts"
import { gatedUsdPerToken } from "../protocols/kyc.ts"
import { usdPerToken } from "../units.ts"

export const gatedPremiumShare = metric({
  label: "Premium of the gated price",
  unit: "share",
  description: "Price of the token in the gated pool above that in the open main pool at the end of the tick; negative where it is below",
  daily: "mean",
  of: ({ after, world }) =>
    world.rules.kyc === undefined
      ? undefined
      : gatedUsdPerToken(after) / usdPerToken(after.pool.dollarReserveMicros, after.pool.tokenReserveWei) - 1,
})
