import { metric } from "../metric.ts"
import { fromMicros } from "../units.ts"

export const claimsUsd = metric({
  label: "Dollar claims",
  unit: "USD",
  description: "Claims on new tokens that are not redeemed",
  daily: "last",
  of: ({ after, world }) => (world.rules.claims === undefined ? new Map() : fromMicros(after.claims.totalMicros)),
})
