import { metric } from "../metric.ts"

export const referencePriceUsd = metric({
  label: "Price outside",
  unit: "USD/token",
  description: "Price of the token on the modelled outside market",
  daily: "last",
  of: ({ exogenous }) => exogenous.reference.usdPerToken,
})
