import { metric } from "../metric.ts"
import { gatedPremiumShare } from "./gatedPremiumShare.ts"

export const venueGapShare = metric({
  label: "Gap between the venues",
  unit: "share",
  description: "Distance of the gated pool's price from the open main pool's at the end of the tick, in either direction",
  daily: "mean",
  of: (observation) => {
    const premium = gatedPremiumShare.of(observation)
    return typeof premium === "number" ? Math.abs(premium) : undefined
  },
})
