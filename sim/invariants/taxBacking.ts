import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"

/** Every token of tax is with the engine until it is split. */
export const taxBacking: Invariant = {
  name: "tax backing",
  check: (before, after, receipts) => {
    if (after.tax.buyBps === 0n && after.tax.sellBps === 0n) return undefined
    const given = sumOf(receipts, "tax.split", (fact) => fact.burnedWei + fact.treasuryWei + fact.stakersWei)
    return firstBroken({
      what: "tokens of tax, wei",
      found: after.token.balanceWei.get("burn") ?? 0n,
      expected:
        (before.token.balanceWei.get("burn") ?? 0n) +
        sumOf(receipts, "tax.levied", (fact) => fact.amountWei) -
        given +
        giftsTo("burn", receipts).tokenWei,
    })
  },
}
