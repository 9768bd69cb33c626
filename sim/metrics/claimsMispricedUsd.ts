import { metric } from "../metric.ts"
import { fromMicros, fromWei } from "../units.ts"

export const claimsMispricedUsd = metric({
  label: "Given away by a wrong price",
  unit: "USD",
  description:
    "What dollar claims got in tokens beyond their dollars, and in dollars beyond the tokens burned for them, at the outside price of the tick; negative where they got less",
  daily: "sum",
  of: ({ settlement, world, exogenous }) => {
    if (world.rules.claims === undefined) return undefined
    let usd = 0
    for (const { facts } of settlement.receipts)
      for (const fact of facts) {
        if (fact.kind === "claims.redeemed") usd += fromWei(fact.mintedWei) * exogenous.reference.usdPerToken - fromMicros(fact.claimMicros)
        if (fact.kind === "claims.issued") usd += fromMicros(fact.claimMicros) - fromWei(fact.burnedWei) * exogenous.reference.usdPerToken
      }
    return usd
  },
})
