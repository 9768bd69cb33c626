import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import { lenderAccount } from "../protocols/lending.ts"

/** What is owed is the sum of the loans; loans, losses and the lender's dollars move only with its facts. */
export const lendingBacking: Invariant = {
  name: "lending backing",
  check: (before, after, receipts) => {
    const { lending } = after
    const sum = (of: (loan: (typeof loans)[number]) => bigint) => loans.reduce((total, loan) => total + of(loan), 0n)
    const loans = [...lending.loans.values()]
    const borrowed = sumOf(receipts, "lending.borrowed", (fact) => fact.amountMicros)
    const repaid = sumOf(receipts, "lending.repaid", (fact) => fact.principalMicros)
    const foreclosed = sumOf(receipts, "lending.foreclosed", (fact) => fact.principalMicros)
    const lost = sumOf(receipts, "lending.foreclosed", ({ principalMicros, receivedMicros }) =>
      principalMicros > receivedMicros ? principalMicros - receivedMicros : 0n,
    )
    const held = (view: typeof after) => view.dollar.balanceMicros.get(lenderAccount) ?? 0n
    return firstBroken(
      { what: "owed by all, micros", found: sum(({ principalMicros }) => principalMicros), expected: lending.principalMicros },
      {
        what: "owed by its facts, micros",
        found: lending.principalMicros,
        expected: before.lending.principalMicros + borrowed - repaid - foreclosed,
      },
      { what: "lost, micros", found: lending.lostMicros, expected: before.lending.lostMicros + lost },
      {
        what: "dollars of the lender, micros",
        found: held(after),
        // Of what a stake brings, the lender keeps no more than was owed.
        expected:
          held(before) -
          borrowed +
          repaid +
          sumOf(receipts, "lending.repaid", (fact) => fact.interestMicros) +
          foreclosed -
          lost +
          giftsTo(lenderAccount, receipts).dollarMicros,
      },
    )
  },
}
