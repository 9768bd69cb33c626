import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant, total } from "../invariant.ts"
import { farmAccount } from "../protocols/farm.ts"
import { maxBigint } from "../units.ts"

/** A farm holds what is staked in it, and its purse the rewards that it has not paid. */
export const farmBacking: Invariant = {
  name: "farm backing",
  check: (before, after, receipts) =>
    firstBroken(
      ...[...after.farms].flatMap(([id, farm]) => {
        const heldWei = after.token.balanceWei.get(farm.purse) ?? 0n
        const ofFarm =
          <F extends { readonly farm: string }>(amount: (fact: F) => bigint) =>
          (fact: F) =>
            fact.farm === id ? amount(fact) : 0n
        return [
          { what: `pool shares of farm ${id}`, found: after.pool.shares.get(farmAccount(id)) ?? 0n, expected: farm.totalShares },
          { what: `stakes in farm ${id}`, found: total(farm.shares), expected: farm.totalShares },
          {
            what: `rewards in farm ${id}, wei`,
            found: heldWei,
            expected:
              (before.token.balanceWei.get(farm.purse) ?? 0n) -
              sumOf(
                receipts,
                "farm.rewardPaid",
                ofFarm(({ amountWei }) => amountWei),
              ) -
              sumOf(
                receipts,
                "farm.ended",
                ofFarm(({ leftWei }) => leftWei),
              ) +
              giftsTo(farm.purse, receipts).tokenWei,
          },
          // MasterChef promises by the block, and a crowded tick has more blocks than its budget was divided by.
          {
            what: `rewards owed by farm ${id} and not there, wei`,
            found: farm.kind === "masterChef" ? 0n : maxBigint(total(farm.earnedWei) - heldWei, 0n),
            expected: 0n,
          },
        ]
      }),
    ),
}
