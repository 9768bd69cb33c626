import { sumOf } from "../facts.ts"
import { fromMicros } from "../units.ts"
import { metric } from "../metric.ts"

export const energyUsd = metric({
  label: "Energy paid",
  unit: "USD",
  description: "Dollars that providers paid for electricity in the tick",
  daily: "sum",
  of: ({ settlement }) =>
    fromMicros(sumOf(settlement.receipts, "dollar.redeemed", (fact) => (fact.purpose === "energy" ? fact.amountMicros : 0n))),
})
