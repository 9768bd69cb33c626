import { sumOf } from "../facts.ts"
import { firstBroken, type Invariant, total } from "../invariant.ts"

/** Dollar claims are somebody's, and come and go only by burning and minting tokens. */
export const claimSupply: Invariant = {
  name: "claim supply",
  check: (before, after, receipts) =>
    firstBroken(
      { what: "claims of all holders, micros", found: total(after.claims.claimMicros), expected: after.claims.totalMicros },
      {
        what: "claims by their facts, micros",
        found: after.claims.totalMicros,
        expected:
          before.claims.totalMicros +
          sumOf(receipts, "claims.issued", (fact) => fact.claimMicros) -
          sumOf(receipts, "claims.redeemed", (fact) => fact.claimMicros),
      },
    ),
}
