import { firstBroken, type Invariant, total } from "../invariant.ts"
import { noRewardTree } from "../protocols/rewardTree.ts"

/** What providers can claim by the published tree is what the contract has credited and not paid. */
export const treeBacking: Invariant = {
  name: "reward tree backing",
  check: (_, after) =>
    after.rewardTree === noRewardTree
      ? undefined
      : firstBroken({
          what: "rewards that the published tree owes, wei",
          found: total(after.rewards.accruedWei),
          expected: after.rewardTree.unclaimedWei,
        }),
}
