import { sumOf } from "../facts.ts"
import { metric } from "../metric.ts"
import { grossMicros, type Payment } from "../protocols/market.ts"
import { fromMicros } from "../units.ts"

export const washVolumeUsd = metric({
  label: "Washed",
  unit: "USD",
  description: "Paid in the tick by washers to their own providers through escrow, fees included",
  daily: "sum",
  of: ({ settlement: { receipts }, wash }) => {
    if (wash.books.size === 0) return undefined
    const byWasher = (fact: Payment) => (wash.books.has(fact.agent) ? grossMicros(fact) : 0n)
    return fromMicros(sumOf(receipts, "market.completed", byWasher) + sumOf(receipts, "market.released", byWasher))
  },
})
