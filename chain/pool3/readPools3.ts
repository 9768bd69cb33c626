import type { Hex } from "viem"
import type { Fact } from "../../sim/ledger.ts"
import type { Pool, Position, View } from "../../sim/protocols/pool3.ts"
import { pool3Lens, pool4Lens } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension } from "../extension.ts"
import { inOrder } from "./coins.ts"
import { addressWord, bigintAt, numberAt, prelude, signedAt, word, wordAt } from "../word.ts"

/** A pool as it was made. */
export interface Standing {
  readonly address: Hex
  readonly feePips: number
  readonly tickSpacing: number
  readonly twapSeconds: number
  /** Where it is of Uniswap v4: its address is its manager's, and it is used and read by contracts of its own. */
  readonly v4?: { readonly desk: Hex; readonly lens: Hex; readonly firstPositionId: bigint }
}

/** How pools and positions are read, and which positions there are. */
export interface Reading extends Pick<Extension<{ readonly pools3: View }>, "reads" | "view" | "note"> {
  /** The pool of every position that was ever minted. */
  readonly poolOf: ReadonlyMap<bigint, string>
  /** Positions of each pool that have liquidity or debts. */
  readonly alive: ReadonlyMap<string, ReadonlySet<bigint>>
}

const read = callOf(pool3Lens.abi, "read")
const read4 = callOf(pool4Lens.abi, "read")

/** Words of the answers of `Pool3Lens.read` and `Pool4Lens.read`, which describe their layout, for each pool and each position. */
const poolWords = 6
const positionWords = 6

/** The positions are those that the facts told of; the treasury's, one a pool, are the first. */
export const readPools3 = (lens: Hex, pools: ReadonlyMap<string, Standing>, tokenFirst: boolean): Reading => {
  const ofV3 = [...pools].filter(([, { v4 }]) => v4 === undefined)
  const ofV4 = [...pools].flatMap(([id, { v4 }]) => (v4 === undefined ? [] : [{ id, ...v4 }]))
  const poolOf = new Map([
    ...ofV3.map(([id], index) => [BigInt(index + 1), id] as const),
    ...ofV4.map(({ id, firstPositionId }) => [firstPositionId, id] as const),
  ])
  let nextPositionId = BigInt(ofV3.length + 1)
  const alive = new Map([...poolOf].map(([positionId, id]) => [id, new Set([positionId])]))
  const standing = ofV3.map(([, made]) => made)
  const heads = [standing.map(({ address }) => addressWord(address)), standing.map(({ twapSeconds }) => word(twapSeconds))]
  const listed = (id: string) => [...alive.get(id)!].sort((a, b) => (a < b ? -1 : 1))
  return {
    poolOf,
    alive,
    reads: () => [
      { to: lens, data: read(...arrays([...heads, ofV3.flatMap(([id]) => listed(id)).map(word)])) },
      ...ofV4.map((pool) => ({ to: pool.lens, data: read4(...arrays([listed(pool.id).map(word)])) })),
    ],
    view: ([answer, ...answers], { accounts }) => {
      const positionsAt = (text: string, start: number, id: string): ReadonlyMap<bigint, Position> => {
        const positions = new Map<bigint, Position>()
        for (const [index, positionId] of listed(id).entries()) {
          const position = positionAt(text, start + positionWords * index, accounts.idOf, tokenFirst)
          if (position.liquidity + position.owedTokenWei + position.owedDollarMicros > 0n) positions.set(positionId, position)
          else alive.get(id)!.delete(positionId)
        }
        return positions
      }
      let next = prelude + poolWords * standing.length
      const seen = new Map<string, Pool>()
      for (const [index, [id, { feePips, tickSpacing }]] of ofV3.entries()) {
        const start = next
        next += positionWords * alive.get(id)!.size
        const at = prelude + poolWords * index
        const meanTick = signedAt(answer!, at + 5)
        seen.set(id, { ...poolAt(answer!, at, tokenFirst), feePips, tickSpacing, meanTick, positions: positionsAt(answer!, start, id) })
      }
      for (const [index, { id }] of ofV4.entries()) {
        const text = answers[index]!
        const pool = poolAt(text, prelude, tokenFirst)
        const { tickSpacing } = pools.get(id)!
        // A v4 pool remembers no prices, so its mean is the last one.
        const own = { feePips: numberAt(text, prelude + 5), tickSpacing, meanTick: pool.tick }
        seen.set(id, { ...pool, ...own, positions: positionsAt(text, prelude + poolWords, id) })
      }
      return { pools3: { pools: new Map([...pools.keys()].map((id) => [id, seen.get(id)!])), nextPositionId } }
    },
    note: (fact: Fact) => {
      if (fact.kind !== "pool3.increased") return
      if (!poolOf.has(fact.positionId) && pools.get(fact.pool)!.v4 === undefined) nextPositionId++
      poolOf.set(fact.positionId, fact.pool)
      alive.get(fact.pool)!.add(fact.positionId)
    },
  }
}

const poolAt = (answer: string, at: number, tokenFirst: boolean): Omit<Pool, "positions" | "feePips" | "tickSpacing" | "meanTick"> => {
  const [tokenWei, dollarMicros] = inOrder(tokenFirst, bigintAt(answer, at + 3), bigintAt(answer, at + 4))
  return {
    tokenFirst,
    sqrtPriceX96: bigintAt(answer, at),
    tick: signedAt(answer, at + 1),
    liquidity: bigintAt(answer, at + 2),
    tokenWei,
    dollarMicros,
  }
}

const positionAt = (answer: string, at: number, idOf: (topic: string) => string, tokenFirst: boolean): Position => {
  const [owedTokenWei, owedDollarMicros] = inOrder(tokenFirst, bigintAt(answer, at + 4), bigintAt(answer, at + 5))
  return {
    agent: idOf(`0x${wordAt(answer, at)}`),
    tickLower: signedAt(answer, at + 1),
    tickUpper: signedAt(answer, at + 2),
    liquidity: bigintAt(answer, at + 3),
    owedTokenWei,
    owedDollarMicros,
  }
}

/** Dynamic arrays as the words of a function's parameters. */
const arrays = (lists: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  let offset = 32 * lists.length
  const offsets = lists.map((list) => {
    offset += 32 * (list.length + 1)
    return word(offset - 32 * (list.length + 1))
  })
  return [...offsets, ...lists.flatMap((list) => [word(list.length), ...list])]
}
