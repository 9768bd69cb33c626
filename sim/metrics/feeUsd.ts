import { chainNames } from "../chains/index.ts"
import { metric } from "../metric.ts"
import { fromYoctos } from "../units.ts"

export const feeUsd = metric({
  label: "Fees on each kind of chain",
  unit: "USD",
  description:
    "What the agents' transactions of the tick would cost on each kind of chain, with what the chain costs its protocol; one column a kind",
  daily: "sum",
  of: ({ tolls }) => tolls && new Map(chainNames.map((name) => [name, fromYoctos(tolls.tick.all[name])])),
})
