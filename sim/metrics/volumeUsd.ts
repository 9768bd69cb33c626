import { sumOf } from "../facts.ts"
import { fromMicros } from "../units.ts"
import { metric } from "../metric.ts"

export const volumeUsd = metric({
  label: "Pool volume",
  unit: "USD",
  description: "Dollars traded through the pool in the tick",
  daily: "sum",
  of: ({ settlement }) =>
    fromMicros(sumOf(settlement.receipts, "pool.swapped", (fact) => (fact.sell === "dollar" ? fact.amountIn : fact.amountOut))),
})
