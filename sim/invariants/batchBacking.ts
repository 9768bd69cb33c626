import { sumOf } from "../facts.ts"
import { firstBroken, type Invariant, total } from "../invariant.ts"
import { noBatches } from "../protocols/batches.ts"

/**
 * What the market owes is deposits, the batch on its way and what is credited and not collected; the published tree says the same as the contract;
 * and every micro-dollar that is debited is credited, or a fee.
 */
export const batchBacking: Invariant = {
  name: "batch backing",
  check: (before, after, receipts) => {
    const { batches } = after
    if (batches === noBatches) return undefined
    return firstBroken(
      {
        what: "escrow, micros",
        found: after.market.escrowMicros,
        expected: total(batches.depositMicros) + batches.onWayMicros + batches.uncollectedMicros,
      },
      { what: "collectable by the published tree, micros", found: total(batches.collectableMicros), expected: batches.uncollectedMicros },
      {
        what: "debits on their way, micros",
        found: batches.onWayMicros,
        expected:
          before.batches.onWayMicros +
          sumOf(receipts, "batches.debited", (fact) => fact.amountMicros) -
          sumOf(receipts, "batches.accepted", (fact) => fact.creditedMicros + fact.burnFeeMicros + fact.treasuryFeeMicros),
      },
      {
        what: "credited and not collected, micros",
        found: batches.uncollectedMicros,
        expected:
          before.batches.uncollectedMicros +
          sumOf(receipts, "batches.credited", (fact) => fact.amountMicros) -
          sumOf(receipts, "batches.collected", (fact) => fact.amountMicros),
      },
    )
  },
}
