import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import type { LedgerView } from "../ledger.ts"
import { courtAccount } from "../protocols/slashing.ts"

const unowedWei = ({ token, slashing }: LedgerView): bigint =>
  (token.balanceWei.get(courtAccount) ?? 0n) - slashing.frozenWei - slashing.insuredWei

/** Frozen stakes and the insurance pool move only with the court's facts, and the court holds what they come to. */
export const courtBacking: Invariant = {
  name: "court backing",
  check: (before, after, receipts) => {
    const upheld = sumOf(receipts, "slashing.upheld", (fact) => fact.burnedWei + fact.rewardWei + fact.insuredWei)
    return firstBroken(
      {
        what: "frozen by its facts, wei",
        found: after.slashing.frozenWei,
        expected:
          before.slashing.frozenWei +
          sumOf(receipts, "slashing.caseOpened", (fact) => fact.amountWei) -
          upheld -
          sumOf(receipts, "slashing.overturned", (fact) => fact.amountWei),
      },
      {
        what: "insured by its facts, wei",
        found: after.slashing.insuredWei,
        expected:
          before.slashing.insuredWei +
          sumOf(receipts, "slashing.upheld", (fact) => fact.insuredWei) -
          sumOf(receipts, "slashing.compensated", (fact) => fact.amountWei),
      },
      {
        what: "stakes before the court, wei",
        found: sumOf(receipts, "slashing.caseOpened", (fact) => fact.amountWei),
        expected: sumOf(receipts, "registry.seized", (fact) => fact.amountWei),
      },
      {
        what: "tokens of the court above what it owes, wei",
        found: unowedWei(after),
        expected: unowedWei(before) + giftsTo(courtAccount, receipts).tokenWei,
      },
    )
  },
}
