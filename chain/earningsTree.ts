import type { World } from "./adapter.ts"
import { type MerkleTree, openMerkle, packLeaf } from "./merkleTree.ts"

/** What everybody has earned since the start, as a tree of which a contract holds the root. */
export interface EarningsTree extends Pick<MerkleTree, "root"> {
  readonly earned: ReadonlyMap<string, bigint>
  /** What one has earned, and the proof of it. */
  readonly prove: (id: string) => { readonly earned: bigint; readonly proof: ReturnType<MerkleTree["proof"]> }
}

export const noEarnings: EarningsTree = { root: "0x", earned: new Map(), prove: () => ({ earned: 0n, proof: [] }) }

type MakeEarningsTree = (earned: ReadonlyMap<string, bigint>, world: Pick<World, "accounts">) => EarningsTree

/** Trees whose leaves are an account and an amount of so many bytes. */
export const openEarnings = async (amountBytes: number): Promise<MakeEarningsTree> => {
  const makeTree = await openMerkle()
  return (earned, { accounts }) => {
    const ids = [...earned.keys()]
    const places = new Map(ids.map((id, place) => [id, place]))
    const { root, proof } = makeTree(ids.map((id) => packLeaf(accounts.word(id), earned.get(id)!, amountBytes)))
    return {
      root,
      earned,
      prove: (id) => {
        const place = places.get(id)
        return place === undefined ? { earned: 0n, proof: [] } : { earned: earned.get(id)!, proof: proof(place) }
      },
    }
  }
}

/** Who has earned how much more in a tree than in the one before it. */
export const earnedSince = (before: EarningsTree, after: EarningsTree): ReadonlyArray<readonly [id: string, amount: bigint]> =>
  [...after.earned].flatMap(([id, earned]) => {
    const amount = earned - (before.earned.get(id) ?? 0n)
    return amount > 0n ? [[id, amount] as const] : []
  })

/** What is left to be taken of the trees that a contract has accepted, one after the other. */
export interface Takings {
  /** Somebody has taken something, and is to be read again. */
  readonly took: (id: string) => void
  readonly toRead: () => ReadonlyArray<string>
  /** What everybody has left of a tree, after what those to be read have taken in all. */
  readonly left: (tree: EarningsTree, takenOf: (id: string) => bigint) => ReadonlyMap<string, bigint>
}

export const openTakings = (): Takings => {
  /** Only who has taken since it was last read is read again. */
  const unread = new Set<string>()
  const taken = new Map<string, bigint>()
  let seen = noEarnings
  let left: ReadonlyMap<string, bigint> = new Map()
  return {
    took: (id) => void unread.add(id),
    toRead: () => [...unread],
    left: (tree, takenOf) => {
      for (const id of unread) taken.set(id, takenOf(id))
      const leftOf = (id: string) => (tree.earned.get(id) ?? 0n) - (taken.get(id) ?? 0n)
      if (tree !== seen) left = new Map([...tree.earned.keys()].map((id) => [id, leftOf(id)]))
      else if (unread.size > 0) {
        const next = new Map(left)
        for (const id of unread) next.set(id, leftOf(id))
        left = next
      }
      seen = tree
      unread.clear()
      return left
    },
  }
}
