import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant, total } from "../invariant.ts"
import type { LedgerView } from "../ledger.ts"

const owedWei = ({ rewards }: LedgerView) => total(rewards.accruedWei) + rewards.carriedWei

const unowedWei = (view: LedgerView) => (view.token.balanceWei.get("rewards") ?? 0n) - owedWei(view)

/** Every token of the distributor is accrued to a provider or carried to the next epoch, and all of it was emitted and not kept for the stakers. */
export const rewardsBacking: Invariant = {
  name: "rewards backing",
  check: (before, after, receipts) =>
    firstBroken(
      {
        what: "accrued and carried rewards, wei",
        found: owedWei(after),
        expected:
          owedWei(before) +
          sumOf(receipts, "emissions.released", (fact) => fact.amountWei) -
          sumOf(receipts, "staking.funded", (fact) => fact.amountWei) -
          sumOf(receipts, "rewards.claimed", (fact) => fact.amountWei),
      },
      {
        what: "tokens of the distributor above its debts, wei",
        found: unowedWei(after),
        expected: unowedWei(before) + giftsTo("rewards", receipts).tokenWei,
      },
    ),
}
