import { fromMicros } from "../units.ts"
import { metric } from "../metric.ts"

export const poolUsd = metric({
  label: "Pool value",
  unit: "USD",
  description: "Both reserves of the pool at its own price",
  daily: "last",
  of: ({ after }) => 2 * fromMicros(after.pool.dollarReserveMicros),
})
