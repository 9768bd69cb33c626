import type { Hex } from "viem"
import type { LedgerView } from "../../sim/ledger.ts"
import type { Fact } from "../../sim/protocols/batches.ts"
import type { World } from "../adapter.ts"
import { batchMarket } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { type MerkleTree, openMerkle, packLeaf } from "../merkleTree.ts"
import { bigintAt, word } from "../word.ts"

/** The dispatcher's published trees, from which providers make their proofs. */
interface Desk {
  /** Makes the tree of what everybody has earned; the root is for the contract. */
  readonly plant: (earnedMicros: ReadonlyMap<string, bigint>, world: World) => Hex
  /** The contract took the last tree. */
  readonly closed: () => void
  /** The contract's root is that of the closed batch now. */
  readonly accepted: () => ReadonlyArray<Extract<Fact, { readonly kind: "batches.credited" }>>
  readonly prove: (provider: string) => { readonly earnedMicros: bigint; readonly proof: ReadonlyArray<Hex> }
}

export interface Batches extends Extension<Pick<LedgerView, "batches">> {
  readonly desk: Desk
}

interface Planted {
  readonly earnedMicros: ReadonlyMap<string, bigint>
  readonly places: ReadonlyMap<string, number>
  readonly tree: MerkleTree
}

const read = callOf(batchMarket.abi, "read")
/** The answer's offset and length come before its first word. */
const prelude = 2
const headWords = 2
const earnedBytes = 8
const nothing: Planted = { earnedMicros: new Map(), places: new Map(), tree: { root: "0x", proof: () => [] } }

export const installBatches = async ({ genesis, contracts }: Site): Promise<Batches | undefined> => {
  if (genesis.batches === undefined) return undefined
  const makeTree = await openMerkle()
  const { market } = contracts
  let planted = nothing
  let closed = nothing
  let published = nothing
  const buyers: Array<string> = []
  /** Only who has collected since it was last read is read again. */
  let toRead = new Set<string>()
  const collectedMicros = new Map<string, bigint>()
  let collectableMicros: ReadonlyMap<string, bigint> = new Map()
  let isNew = false

  const desk: Desk = {
    plant: (earnedMicros, { accounts }) => {
      const ids = [...earnedMicros.keys()]
      const tree = makeTree(ids.map((id) => packLeaf(accounts.word(id), earnedMicros.get(id)!, earnedBytes)))
      planted = { earnedMicros, places: new Map(ids.map((id, place) => [id, place])), tree }
      return tree.root
    },
    closed: () => {
      closed = planted
    },
    accepted: () => {
      const before = published
      published = closed
      isNew = true
      const credited: Array<Extract<Fact, { readonly kind: "batches.credited" }>> = []
      for (const [provider, earned] of published.earnedMicros) {
        const amountMicros = earned - (before.earnedMicros.get(provider) ?? 0n)
        if (amountMicros > 0n) credited.push({ kind: "batches.credited", provider, amountMicros })
      }
      return credited
    },
    prove: (provider) => {
      const place = published.places.get(provider)
      if (place === undefined) return { earnedMicros: 0n, proof: [] }
      return { earnedMicros: published.earnedMicros.get(provider)!, proof: published.tree.proof(place) }
    },
  }

  return {
    desk,
    accounts: new Map(),
    note: (fact) => {
      if (fact.kind === "batches.deposited" && !buyers.includes(fact.agent)) buyers.push(fact.agent)
      if (fact.kind === "batches.collected") toRead.add(fact.agent)
    },
    reads: ({ accounts }) => {
      const lists = [buyers, [...toRead]].map((ids) => [word(ids.length), ...ids.map(accounts.word)])
      return [{ to: market, data: read(word(64), word(64 + 32 * lists[0]!.length), ...lists.flat()) }]
    },
    view: ([answer]) => {
      let cursor = prelude + headWords
      const depositMicros = new Map(buyers.map((buyer) => [buyer, bigintAt(answer!, cursor++)]))
      for (const provider of toRead) collectedMicros.set(provider, bigintAt(answer!, cursor++))
      const owed = (provider: string) => (published.earnedMicros.get(provider) ?? 0n) - (collectedMicros.get(provider) ?? 0n)
      if (isNew) collectableMicros = new Map([...published.earnedMicros.keys()].map((provider) => [provider, owed(provider)]))
      else if (toRead.size > 0) {
        const next = new Map(collectableMicros)
        for (const provider of toRead) next.set(provider, owed(provider))
        collectableMicros = next
      }
      isNew = false
      toRead = new Set()
      return {
        batches: {
          depositMicros,
          onWayMicros: bigintAt(answer!, prelude),
          uncollectedMicros: bigintAt(answer!, prelude + 1),
          collectableMicros,
        },
      }
    },
  }
}
