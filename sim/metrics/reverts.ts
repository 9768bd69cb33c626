import { metric } from "../metric.ts"

export const reverts = metric({
  label: "Reverts",
  unit: "transactions",
  description: "Orders that the contracts refused",
  daily: "sum",
  of: ({ settlement }) => settlement.receipts.filter(({ status }) => status === "reverted").length,
})
