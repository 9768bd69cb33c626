import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import type { LedgerView } from "../ledger.ts"
import { uptimeAccount } from "../protocols/uptime.ts"

/** The budget of bonuses goes to providers and keepers, and nowhere else. */
export const bonusBacking: Invariant = {
  name: "bonus backing",
  check: (before, after, receipts) => {
    const held = ({ token }: LedgerView) => token.balanceWei.get(uptimeAccount) ?? 0n
    return firstBroken({
      what: "budget of bonuses, wei",
      found: held(after),
      expected:
        held(before) -
        sumOf(receipts, "uptime.bonusPaid", (fact) => fact.amountWei) -
        sumOf(receipts, "uptime.performed", (fact) => fact.feeWei) +
        giftsTo(uptimeAccount, receipts).tokenWei,
    })
  },
}
