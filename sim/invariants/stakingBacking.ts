import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import type { LedgerView, Receipt } from "../ledger.ts"
import { stakingAccount } from "../protocols/staking.ts"
import { maxBigint } from "../units.ts"

/** The stakers' contract holds what is staked, unbonding and earned; the sums are those of its stakers, and move only with its facts. */
export const stakingBacking: Invariant = {
  name: "staking backing",
  check: (before, after, receipts) => {
    const { staking } = after
    const stakers = [...staking.stakers.values()]
    const sum = (of: (staker: (typeof stakers)[number]) => bigint) => stakers.reduce((total, staker) => total + of(staker), 0n)
    const heldMicros = after.dollar.balanceMicros.get(stakingAccount) ?? 0n
    return firstBroken(
      { what: "staked, wei", found: sum(({ stakedWei }) => stakedWei), expected: staking.stakedWei },
      { what: "unbonding, wei", found: sum(({ unbondingWei }) => unbondingWei), expected: staking.unbondingWei },
      { what: "staked by its facts, wei", found: staking.stakedWei, expected: before.staking.stakedWei + stakedBy(receipts) },
      { what: "owed to stakers by its facts, wei", found: staking.owedWei, expected: before.staking.owedWei + earnedBy(receipts) },
      { what: "earned beyond what is owed, wei", found: maxBigint(sum(({ earnedWei }) => earnedWei) - staking.owedWei, 0n), expected: 0n },
      {
        what: "earned beyond what is owed, micros",
        found: maxBigint(sum(({ earnedMicros }) => earnedMicros) - staking.owedMicros, 0n),
        expected: 0n,
      },
      { what: "owed and not there, micros", found: maxBigint(staking.owedMicros - heldMicros, 0n), expected: 0n },
      {
        what: "tokens of the stakers' contract above its debts, wei",
        found: unowedWei(after),
        expected: unowedWei(before) + giftsTo(stakingAccount, receipts).tokenWei,
      },
    )
  },
}

const unowedWei = ({ token, staking }: LedgerView): bigint =>
  (token.balanceWei.get(stakingAccount) ?? 0n) - staking.stakedWei - staking.unbondingWei - staking.owedWei

const stakedBy = (receipts: ReadonlyArray<Receipt>): bigint =>
  sumOf(receipts, "staking.staked", (fact) => fact.amountWei) - sumOf(receipts, "staking.unstakeRequested", (fact) => fact.amountWei)

const earnedBy = (receipts: ReadonlyArray<Receipt>): bigint =>
  sumOf(receipts, "staking.funded", (fact) => fact.amountWei) +
  sumOf(receipts, "staking.given", (fact) => fact.amountWei) -
  sumOf(receipts, "staking.claimed", (fact) => fact.amountWei)
