import { factsOf, sumOf } from "../facts.ts"
import { firstBroken, type Invariant } from "../invariant.ts"

/** The contracts' running totals agree with the facts that they reported. */
export const counters: Invariant = {
  name: "counters",
  check: (before, after, receipts) =>
    firstBroken(
      {
        what: "emitted, wei",
        found: after.emissions.emittedWei,
        expected: before.emissions.emittedWei + sumOf(receipts, "emissions.released", (fact) => fact.amountWei),
      },
      {
        what: "burned, wei",
        found: after.burn.burnedWei,
        expected:
          before.burn.burnedWei +
          sumOf(receipts, "burn.executed", (fact) => fact.burnedWei) +
          sumOf(receipts, "tax.split", (fact) => fact.burnedWei),
      },
      {
        what: "spent on burning, micros",
        found: after.burn.spentMicros,
        expected:
          before.burn.spentMicros +
          sumOf(receipts, "burn.executed", (fact) => fact.spentMicros) +
          sumOf(receipts, "lock.distributed", (fact) => fact.amountMicros),
      },
      {
        what: "next epoch",
        found: BigInt(after.oracle.nextEpoch),
        expected: BigInt((factsOf(receipts, "oracle.finalised").at(-1)?.epoch ?? before.oracle.nextEpoch - 1) + 1),
      },
    ),
}
