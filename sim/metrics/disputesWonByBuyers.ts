import { metric } from "../metric.ts"

export const disputesWonByBuyers = metric({
  label: "Disputes won by buyers",
  unit: "disputes",
  description: "Disputes in which a majority of the arbiters gave the payment back to the buyer",
  daily: "sum",
  of: ({ results, resultsBefore }) => results && resultsBefore && results.reckoning.wonByBuyers - resultsBefore.reckoning.wonByBuyers,
})
