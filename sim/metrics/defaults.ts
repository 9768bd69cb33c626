import { metric } from "../metric.ts"

export const defaults = metric({
  label: "Defaults",
  unit: "providers",
  description: "Providers that lost hardware and stake to the lender since the start",
  daily: "last",
  of: ({ after, world }) =>
    world.rules.lending === undefined ? new Map() : [...after.lending.loans.values()].filter(({ isDefaulted }) => isDefaulted).length,
})
