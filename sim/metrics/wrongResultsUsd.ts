import { metric } from "../metric.ts"

export const wrongResultsUsd = metric({
  label: "Wrong results",
  unit: "USD",
  description:
    "Payments for wrong results since the start, where results can be disputed: accepted by the buyer, left to the provider by the arbiters, and given back",
  daily: "last",
  of: ({ results }) =>
    results &&
    new Map([
      ["accepted", results.reckoning.acceptedWrongUsd],
      ["leftToProvider", results.reckoning.ruledWrongUsd],
      ["refunded", results.reckoning.rightlyRefundedUsd],
    ]),
})
