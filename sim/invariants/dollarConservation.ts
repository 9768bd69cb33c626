import { sumOf } from "../facts.ts"
import { firstBroken, type Invariant, total } from "../invariant.ts"

/** No dollar appears or vanishes but by on-ramp, redemption and the outside venue's settlement. */
export const dollarConservation: Invariant = {
  name: "dollar conservation",
  check: (before, after, receipts) =>
    firstBroken(
      { what: "sum of dollar balances, micros", found: total(after.dollar.balanceMicros), expected: after.dollar.supplyMicros },
      {
        what: "dollar supply, micros",
        found: after.dollar.supplyMicros,
        expected:
          before.dollar.supplyMicros +
          sumOf(receipts, "dollar.onRamped", (fact) => fact.amountMicros) -
          sumOf(receipts, "dollar.redeemed", (fact) => fact.amountMicros) +
          sumOf(receipts, "venue.traded", (fact) => (fact.sell === "token" ? fact.dollarMicros : -fact.dollarMicros)),
      },
    ),
}
