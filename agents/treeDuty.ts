import type { Action } from "../sim/ledger.ts"
import { addShares } from "../sim/protocols/rewardTree.ts"
import type { World } from "../sim/world.ts"

/**
 * Where rewards are in a tree, the node whose turn it is brings to the chain what the others have signed: in the third tick of an epoch the work of
 * the last one, which releases the emission, and in the fourth the tree in which that is shared out.
 */
export const treeDuty = ({ now, agreement, ledger, rules }: World): ReadonlyArray<Action> => {
  const { epoch, tickOfEpoch } = now
  if (agreement === undefined || agreement.epoch !== epoch - 1) return []
  const { signers, totalMillis: verifiedMillis, mismatches } = agreement
  if (signers.length < rules.oracle.quorum) return []
  if (tickOfEpoch === 2) return [{ kind: "rewardTree.finalise", epoch: agreement.epoch, verifiedMillis, mismatches, signers }]
  if (tickOfEpoch !== 3 || ledger.oracle.nextEpoch !== epoch) return []
  const shares = addShares(ledger.rewardTree.earnedWei, ledger.rewards.carriedWei, agreement)
  return shares.creditedWei === 0n ? [] : [{ kind: "rewardTree.publish", epoch: agreement.epoch, ...shares, signers }]
}
