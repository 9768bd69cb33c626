import { sumOf } from "../facts.ts"
import { firstBroken, type Invariant } from "../invariant.ts"
import { noDisputes } from "../protocols/disputes.ts"
import { grossMicros } from "../protocols/market.ts"

/** Payments and bonds of open disputes move only with a dispute's facts, and are no more than the escrow that they are part of. */
export const disputeBacking: Invariant = {
  name: "dispute backing",
  check: (before, after, receipts) => {
    const { disputes, market } = after
    if (disputes === noDisputes) return undefined
    const heldMicros = disputes.contestedMicros + disputes.bondedMicros
    return (
      firstBroken(
        {
          what: "payments before arbiters, micros",
          found: disputes.contestedMicros,
          expected:
            before.disputes.contestedMicros +
            sumOf(receipts, "disputes.opened", (fact) => fact.amountMicros) -
            sumOf(receipts, "disputes.refunded", (fact) => fact.amountMicros) -
            sumOf(receipts, "disputes.paid", grossMicros),
        },
        {
          what: "bonds, micros",
          found: disputes.bondedMicros,
          expected:
            before.disputes.bondedMicros +
            sumOf(receipts, "disputes.opened", (fact) => fact.bondMicros) -
            sumOf(receipts, "disputes.refunded", (fact) => fact.bondMicros) -
            sumOf(receipts, "disputes.paid", (fact) => fact.bondMicros),
        },
      ) ??
      (heldMicros > market.escrowMicros ? `the escrow (${market.escrowMicros} micros) does not cover disputes (${heldMicros})` : undefined)
    )
  },
}
