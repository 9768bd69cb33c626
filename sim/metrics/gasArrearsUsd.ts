import { metric } from "../metric.ts"
import { fromMicros } from "../units.ts"

export const gasArrearsUsd = metric({
  label: "Fees not yet paid",
  unit: "USD",
  description:
    "What agents and treasury owe for gas at the end of the tick: fees since the last daily payment, and what purses did not hold",
  daily: "last",
  of: ({ tolls }) => tolls && fromMicros([...tolls.owedMicros.values()].reduce((sum, micros) => sum + micros, 0n)),
})
