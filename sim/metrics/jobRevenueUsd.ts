import { sumOf } from "../facts.ts"
import { fromMicros } from "../units.ts"
import { metric } from "../metric.ts"

export const jobRevenueUsd = metric({
  label: "Job income",
  unit: "USD",
  description: "Dollars paid to providers for jobs in the tick",
  daily: "sum",
  of: ({ settlement: { receipts } }) =>
    fromMicros(
      sumOf(receipts, "market.completed", (fact) => fact.paidMicros) +
        sumOf(receipts, "market.released", (fact) => fact.paidMicros) +
        sumOf(receipts, "disputes.paid", (fact) => fact.paidMicros + (fact.isForfeit ? fact.bondMicros : 0n)) +
        sumOf(receipts, "batches.credited", (fact) => fact.amountMicros),
    ),
})
