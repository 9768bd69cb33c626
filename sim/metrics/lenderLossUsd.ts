import { metric } from "../metric.ts"
import { fromMicros } from "../units.ts"

export const lenderLossUsd = metric({
  label: "Lender's loss",
  unit: "USD",
  description: "What was owed by those who defaulted, less what their stakes brought, since the start",
  daily: "last",
  of: ({ after, world }) => (world.rules.lending === undefined ? new Map() : fromMicros(after.lending.lostMicros)),
})
