import type { Hex } from "viem"
import type { LedgerView } from "../../sim/ledger.ts"
import type { Fact } from "../../sim/protocols/rewards.ts"
import type { World } from "../adapter.ts"
import { merkleRewards } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { type MerkleTree, openMerkle, packLeaf } from "../merkleTree.ts"
import { bigintAt, prelude, word } from "../word.ts"

type Credited = Extract<Fact, { readonly kind: "rewards.credited" }>

/** The reporters' published trees, from which providers make their proofs. */
interface Desk {
  /** Makes the tree of what everybody has earned; the root is for the contract. */
  readonly plant: (earnedWei: ReadonlyMap<string, bigint>, world: World) => Hex
  /** The contract's root is that of the last tree now. */
  readonly published: (epoch: number) => ReadonlyArray<Credited>
  readonly prove: (provider: string) => { readonly earnedWei: bigint; readonly proof: ReadonlyArray<Hex> }
}

export interface RewardTree extends Extension<Pick<LedgerView, "rewards" | "rewardTree">> {
  readonly desk: Desk
}

interface Planted {
  readonly earnedWei: ReadonlyMap<string, bigint>
  readonly places: ReadonlyMap<string, number>
  readonly tree: MerkleTree
}

const read = callOf(merkleRewards.abi, "read")
const headWords = 2
const earnedBytes = 16
const nothing: Planted = { earnedWei: new Map(), places: new Map(), tree: { root: "0x", proof: () => [] } }

/** Where rewards are in a tree, what has accrued to a provider is what stands there less what it has claimed. */
export const installRewardTree = async ({ genesis, contracts }: Site): Promise<RewardTree | undefined> => {
  if (genesis.hasRewardTree !== true) return undefined
  const makeTree = await openMerkle()
  let planted = nothing
  let current = nothing
  /** Only who has claimed since it was last read is read again. */
  let toRead = new Set<string>()
  const claimedWei = new Map<string, bigint>()
  let accruedWei: ReadonlyMap<string, bigint> = new Map()
  let isNew = false

  const desk: Desk = {
    plant: (earnedWei, { accounts }) => {
      const ids = [...earnedWei.keys()]
      const tree = makeTree(ids.map((id) => packLeaf(accounts.word(id), earnedWei.get(id)!, earnedBytes)))
      planted = { earnedWei, places: new Map(ids.map((id, place) => [id, place])), tree }
      return tree.root
    },
    published: (epoch) => {
      const before = current
      current = planted
      isNew = true
      const credited: Array<Credited> = []
      for (const [provider, earned] of current.earnedWei) {
        const amountWei = earned - (before.earnedWei.get(provider) ?? 0n)
        if (amountWei > 0n) credited.push({ kind: "rewards.credited", provider, epoch, amountWei })
      }
      return credited
    },
    prove: (provider) => {
      const place = current.places.get(provider)
      if (place === undefined) return { earnedWei: 0n, proof: [] }
      return { earnedWei: current.earnedWei.get(provider)!, proof: current.tree.proof(place) }
    },
  }

  return {
    desk,
    accounts: new Map(),
    note: (fact) => {
      if (fact.kind === "rewards.claimed") toRead.add(fact.agent)
    },
    reads: ({ accounts }) => {
      const ids = [...toRead]
      return [{ to: contracts.rewards, data: read(word(32), word(ids.length), ...ids.map(accounts.word)) }]
    },
    view: ([answer]) => {
      let cursor = prelude + headWords
      for (const provider of toRead) claimedWei.set(provider, bigintAt(answer!, cursor++))
      const owed = (provider: string) => (current.earnedWei.get(provider) ?? 0n) - (claimedWei.get(provider) ?? 0n)
      if (isNew) accruedWei = new Map([...current.earnedWei.keys()].map((provider) => [provider, owed(provider)]))
      else if (toRead.size > 0) {
        const next = new Map(accruedWei)
        for (const provider of toRead) next.set(provider, owed(provider))
        accruedWei = next
      }
      isNew = false
      toRead = new Set()
      return {
        rewards: { accruedWei, carriedWei: bigintAt(answer!, prelude + 1) },
        rewardTree: { earnedWei: current.earnedWei, unclaimedWei: bigintAt(answer!, prelude) },
      }
    },
  }
}
