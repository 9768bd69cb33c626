import { metric } from "../metric.ts"

export const disputeGainUsd = metric({
  label: "Gain from disputes",
  unit: "USD",
  description: "Refunds less bonds lost since the start, of disputes about wrong results and about good ones",
  daily: "last",
  of: ({ results }) => {
    if (results === undefined) return undefined
    const { rightlyRefundedUsd, trueBondsUsd, wronglyRefundedUsd, falseBondsUsd } = results.reckoning
    return new Map([
      ["rightful", rightlyRefundedUsd - trueBondsUsd],
      ["dishonest", wronglyRefundedUsd - falseBondsUsd],
    ])
  },
})
