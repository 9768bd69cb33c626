import { metric } from "../metric.ts"

export const transactions = metric({
  label: "Transactions",
  unit: "transactions",
  description: "Orders settled on the chain",
  daily: "sum",
  of: ({ settlement }) => settlement.receipts.length,
})
