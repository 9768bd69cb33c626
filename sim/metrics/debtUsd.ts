import { metric } from "../metric.ts"
import { fromMicros } from "../units.ts"

export const debtUsd = metric({
  label: "Providers' debt",
  unit: "USD",
  description: "What providers owe for their hardware",
  daily: "last",
  of: ({ after, world }) => (world.rules.lending === undefined ? new Map() : fromMicros(after.lending.principalMicros)),
})
