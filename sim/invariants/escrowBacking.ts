import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import type { LedgerView } from "../ledger.ts"
import { grossMicros } from "../protocols/market.ts"

const unowedMicros = ({ dollar, market }: LedgerView) => (dollar.balanceMicros.get("market") ?? 0n) - market.escrowMicros

/** Every payment and bond in escrow is held in dollars by the market, and leaves it only by release, completion, refund, ruling or batch. */
export const escrowBacking: Invariant = {
  name: "escrow backing",
  check: (before, after, receipts) =>
    firstBroken(
      {
        what: "escrow, micros",
        found: after.market.escrowMicros,
        expected:
          before.market.escrowMicros +
          sumOf(receipts, "market.opened", (fact) => fact.amountMicros) -
          sumOf(receipts, "market.completed", grossMicros) -
          sumOf(receipts, "market.released", grossMicros) -
          sumOf(receipts, "market.refunded", (fact) => fact.amountMicros) -
          sumOf(receipts, "exploit.refunded", (fact) => fact.amountMicros) +
          sumOf(receipts, "disputes.opened", (fact) => fact.bondMicros) -
          sumOf(receipts, "disputes.refunded", (fact) => fact.amountMicros + fact.bondMicros) -
          sumOf(receipts, "disputes.paid", (fact) => grossMicros(fact) + fact.bondMicros) +
          sumOf(receipts, "batches.deposited", (fact) => fact.amountMicros) -
          sumOf(receipts, "batches.collected", (fact) => fact.amountMicros) -
          sumOf(receipts, "batches.accepted", (fact) => fact.burnFeeMicros + fact.treasuryFeeMicros),
      },
      {
        what: "dollars of the market above its escrow, micros",
        found: unowedMicros(after),
        expected: unowedMicros(before) + giftsTo("market", receipts).dollarMicros,
      },
    ),
}
