import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import type { LedgerView } from "../ledger.ts"

const unowedWei = ({ token, registry }: LedgerView) => (token.balanceWei.get("registry") ?? 0n) - registry.totalStakeWei

/** The total stake is the sum of the providers' stakes, is held in tokens by the registry, and moves only with its facts. */
export const stakeBacking: Invariant = {
  name: "stake backing",
  check: (before, after, receipts) => {
    let stakesWei = 0n
    for (const { stakeWei } of after.registry.providers.values()) stakesWei += stakeWei
    return firstBroken(
      { what: "total stake, wei", found: after.registry.totalStakeWei, expected: stakesWei },
      {
        what: "total stake by its facts, wei",
        found: after.registry.totalStakeWei,
        expected:
          before.registry.totalStakeWei +
          sumOf(receipts, "registry.registered", (fact) => fact.stakeWei) +
          sumOf(receipts, "registry.stakeAdded", (fact) => fact.amountWei) -
          sumOf(receipts, "registry.withdrawn", (fact) => fact.amountWei) -
          sumOf(receipts, "registry.evicted", (fact) => fact.amountWei) -
          sumOf(receipts, "registry.slashed", (fact) => fact.amountWei) -
          sumOf(receipts, "registry.seized", (fact) => fact.amountWei) +
          sumOf(receipts, "registry.restored", (fact) => fact.amountWei),
      },
      {
        what: "tokens of the registry above its stakes, wei",
        found: unowedWei(after),
        expected: unowedWei(before) + giftsTo("registry", receipts).tokenWei,
      },
    )
  },
}
