import { sumOf } from "../facts.ts"
import { firstBroken, type Invariant, total } from "../invariant.ts"

/** No token appears or vanishes but by emission, burn, tax, slash, dollar claims made and redeemed, and what The Graph mints and burns. */
export const tokenConservation: Invariant = {
  name: "token conservation",
  check: (before, after, receipts) =>
    firstBroken(
      { what: "sum of token balances, wei", found: total(after.token.balanceWei), expected: after.token.supplyWei },
      {
        what: "token supply, wei",
        found: after.token.supplyWei,
        expected:
          before.token.supplyWei +
          sumOf(receipts, "emissions.released", (fact) => fact.amountWei) -
          sumOf(receipts, "burn.executed", (fact) => fact.burnedWei) -
          sumOf(receipts, "registry.slashed", (fact) => fact.amountWei) -
          sumOf(receipts, "slashing.upheld", (fact) => fact.burnedWei) -
          sumOf(receipts, "tax.split", (fact) => fact.burnedWei) -
          sumOf(receipts, "claims.issued", (fact) => fact.burnedWei) +
          sumOf(receipts, "claims.redeemed", (fact) => fact.mintedWei) +
          sumOf(receipts, "graph.rewarded", (fact) => fact.amountWei) -
          sumOf(receipts, "graph.delegated", (fact) => fact.taxWei) -
          sumOf(receipts, "graph.slashed", (fact) => fact.amountWei - fact.rewardWei) -
          sumOf(receipts, "graph.rejected", (fact) => fact.burnedWei),
      },
    ),
}
