import { fromMicros } from "../units.ts"
import { metric } from "../metric.ts"

export const burnSpentUsd = metric({
  label: "Spent on burning",
  unit: "USD",
  description: "Dollars that the burn engine has spent since the start",
  daily: "last",
  of: ({ after }) => fromMicros(after.burn.spentMicros),
})
