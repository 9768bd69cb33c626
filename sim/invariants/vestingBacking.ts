import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import { maxBigint } from "../units.ts"

/** A vesting wallet pays only what it says, and never promises more than it holds. */
export const vestingBacking: Invariant = {
  name: "vesting backing",
  check: (before, after, receipts) =>
    firstBroken(
      ...[...after.vesting].flatMap(([wallet, { releasableWei }]) => {
        const heldWei = after.token.balanceWei.get(wallet) ?? 0n
        const paidWei = sumOf(receipts, "vesting.released", (fact) => (fact.wallet === wallet ? fact.amountWei : 0n))
        return [
          {
            what: `tokens in ${wallet}, wei`,
            found: heldWei,
            expected: (before.token.balanceWei.get(wallet) ?? 0n) - paidWei + giftsTo(wallet, receipts).tokenWei,
          },
          { what: `free in ${wallet} and not there, wei`, found: maxBigint(releasableWei - heldWei, 0n), expected: 0n },
        ]
      }),
    ),
}
