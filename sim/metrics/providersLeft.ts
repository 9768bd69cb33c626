import { factsOf } from "../facts.ts"
import { metric } from "../metric.ts"

export const providersLeft = metric({
  label: "Exits",
  unit: "providers",
  description: "Requests to leave in the tick",
  daily: "sum",
  of: ({ settlement }) => factsOf(settlement.receipts, "registry.exitRequested").length,
})
