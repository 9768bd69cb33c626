import type { Hex } from "viem"
import type { LedgerView } from "../../sim/ledger.ts"
import type { Fact } from "../../sim/protocols/batches.ts"
import type { World } from "../adapter.ts"
import { batchMarket } from "../artifacts.ts"
import { type EarningsTree, earnedSince, noEarnings, openEarnings, openTakings } from "../earningsTree.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { bigintAt, prelude, word } from "../word.ts"

/** The dispatcher's published trees, from which providers make their proofs. */
interface Desk {
  /** Makes the tree of what everybody has earned; the root is for the contract. */
  readonly plant: (earnedMicros: ReadonlyMap<string, bigint>, world: World) => Hex
  /** The contract took the last tree. */
  readonly closed: () => void
  /** The contract's root is that of the closed batch now. */
  readonly accepted: () => ReadonlyArray<Extract<Fact, { readonly kind: "batches.credited" }>>
  readonly prove: EarningsTree["prove"]
}

export interface Batches extends Extension<Pick<LedgerView, "batches">> {
  readonly desk: Desk
}

const read = callOf(batchMarket.abi, "read")
const headWords = 2
const earnedBytes = 8

export const installBatches = async ({ genesis, contracts }: Site): Promise<Batches | undefined> => {
  if (genesis.batches === undefined) return undefined
  const makeTree = await openEarnings(earnedBytes)
  const { market } = contracts
  let planted = noEarnings
  let closed = noEarnings
  let published = noEarnings
  const buyers: Array<string> = []
  const takings = openTakings()

  const desk: Desk = {
    plant: (earnedMicros, world) => {
      planted = makeTree(earnedMicros, world)
      return planted.root
    },
    closed: () => {
      closed = planted
    },
    accepted: () => {
      const before = published
      published = closed
      return earnedSince(before, published).map(([provider, amountMicros]) => ({ kind: "batches.credited", provider, amountMicros }))
    },
    prove: (provider) => published.prove(provider),
  }

  return {
    desk,
    accounts: new Map(),
    note: (fact) => {
      if (fact.kind === "batches.deposited" && !buyers.includes(fact.agent)) buyers.push(fact.agent)
      if (fact.kind === "batches.collected") takings.took(fact.agent)
    },
    reads: ({ accounts }) => {
      const lists = [buyers, takings.toRead()].map((ids) => [word(ids.length), ...ids.map(accounts.word)])
      return [{ to: market, data: read(word(64), word(64 + 32 * lists[0]!.length), ...lists.flat()) }]
    },
    view: ([answer]) => {
      let cursor = prelude + headWords
      const depositMicros = new Map(buyers.map((buyer) => [buyer, bigintAt(answer!, cursor++)]))
      const collectableMicros = takings.left(published, () => bigintAt(answer!, cursor++))
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
