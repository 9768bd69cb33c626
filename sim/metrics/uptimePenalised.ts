import { factsOf } from "../facts.ts"
import { metric } from "../metric.ts"

export const uptimePenalised = metric({
  label: "Penalised for downtime",
  unit: "providers",
  description: "Providers that an upkeep of the tick penalised for too little uptime",
  daily: "sum",
  of: ({ settlement, world }) => (world.rules.uptime === undefined ? undefined : factsOf(settlement.receipts, "uptime.penalised").length),
})
