import { metric } from "../metric.ts"

export const gasUsed = metric({
  label: "Gas",
  unit: "million gas",
  description: "Gas used by the blocks of the tick",
  daily: "sum",
  of: ({ settlement }) => Number(settlement.gasUsed) / 1e6,
})
