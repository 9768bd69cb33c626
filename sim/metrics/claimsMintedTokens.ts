import { sumOf } from "../facts.ts"
import { metric } from "../metric.ts"
import { fromWei } from "../units.ts"

export const claimsMintedTokens = metric({
  label: "Minted for claims",
  unit: "tokens",
  description: "Tokens minted in the tick for dollar claims",
  daily: "sum",
  of: ({ settlement, world }) =>
    world.rules.claims === undefined ? new Map() : fromWei(sumOf(settlement.receipts, "claims.redeemed", (fact) => fact.mintedWei)),
})
