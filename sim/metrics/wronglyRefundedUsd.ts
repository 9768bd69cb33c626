import { metric } from "../metric.ts"

export const wronglyRefundedUsd = metric({
  label: "Refunded for good results",
  unit: "USD",
  description: "Payments given back since the start though the result was good, because the arbiters erred",
  daily: "last",
  of: ({ results }) => results?.reckoning.wronglyRefundedUsd,
})
