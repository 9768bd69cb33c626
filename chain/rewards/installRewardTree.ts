import type { Hex } from "viem"
import type { LedgerView } from "../../sim/ledger.ts"
import type { Fact } from "../../sim/protocols/rewards.ts"
import type { World } from "../adapter.ts"
import { merkleRewards } from "../artifacts.ts"
import { type EarningsTree, earnedSince, noEarnings, openEarnings, openTakings } from "../earningsTree.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { bigintAt, prelude, word } from "../word.ts"

type Credited = Extract<Fact, { readonly kind: "rewards.credited" }>

/** The reporters' published trees, from which providers make their proofs. */
interface Desk {
  /** Makes the tree of what everybody has earned; the root is for the contract. */
  readonly plant: (earnedWei: ReadonlyMap<string, bigint>, world: World) => Hex
  /** The contract's root is that of the last tree now. */
  readonly published: (epoch: number) => ReadonlyArray<Credited>
  readonly prove: EarningsTree["prove"]
}

export interface RewardTree extends Extension<Pick<LedgerView, "rewards" | "rewardTree">> {
  readonly desk: Desk
}

const read = callOf(merkleRewards.abi, "read")
const headWords = 2
const earnedBytes = 16

/** Where rewards are in a tree, what has accrued to a provider is what stands there less what it has claimed. */
export const installRewardTree = async ({ genesis, contracts }: Site): Promise<RewardTree | undefined> => {
  if (genesis.hasRewardTree !== true) return undefined
  const makeTree = await openEarnings(earnedBytes)
  let planted = noEarnings
  let current = noEarnings
  const takings = openTakings()

  const desk: Desk = {
    plant: (earnedWei, world) => {
      planted = makeTree(earnedWei, world)
      return planted.root
    },
    published: (epoch) => {
      const before = current
      current = planted
      return earnedSince(before, current).map(([provider, amountWei]) => ({ kind: "rewards.credited", provider, epoch, amountWei }))
    },
    prove: (provider) => current.prove(provider),
  }

  return {
    desk,
    accounts: new Map(),
    note: (fact) => {
      if (fact.kind === "rewards.claimed") takings.took(fact.agent)
    },
    reads: ({ accounts }) => {
      const ids = takings.toRead()
      return [{ to: contracts.rewards, data: read(word(32), word(ids.length), ...ids.map(accounts.word)) }]
    },
    view: ([answer]) => {
      let cursor = prelude + headWords
      const accruedWei = takings.left(current, () => bigintAt(answer!, cursor++))
      return {
        rewards: { accruedWei, carriedWei: bigintAt(answer!, prelude + 1) },
        rewardTree: { earnedWei: current.earned, unclaimedWei: bigintAt(answer!, prelude) },
      }
    },
  }
}
