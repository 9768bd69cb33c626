import { factsOf } from "../facts.ts"
import { metric } from "../metric.ts"

export const providersEntered = metric({
  label: "Entries",
  unit: "providers",
  description: "Registrations in the tick",
  daily: "sum",
  of: ({ settlement }) => factsOf(settlement.receipts, "registry.registered").length,
})
