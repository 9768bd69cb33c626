import type { Hex } from "viem"
import type { Fact } from "../../sim/ledger.ts"
import type { Pool, Position, View } from "../../sim/protocols/pool3.ts"
import { pool3Lens } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension } from "../extension.ts"
import { addressWord, bigintAt, signedAt, word, wordAt } from "../word.ts"

/** A pool as it was made. */
export interface Standing {
  readonly address: Hex
  readonly feePips: number
  readonly tickSpacing: number
  readonly twapSeconds: number
}

/** How pools and positions are read, and which positions there are. */
export interface Reading extends Pick<Extension<{ readonly pools3: View }>, "reads" | "view" | "note"> {
  /** The pool of every position that was ever minted. */
  readonly poolOf: ReadonlyMap<bigint, string>
  /** Positions of each pool that have liquidity or debts. */
  readonly alive: ReadonlyMap<string, ReadonlySet<bigint>>
}

const read = callOf(pool3Lens.abi, "read")

/** Words of the answer of `Pool3Lens.read`, which describes its layout, for each pool and each position. */
const poolWords = 6
const positionWords = 6
/** The answer's offset and length come before its first word. */
const prelude = 2

/** The positions are those that the facts told of; the treasury's, one a pool, are the first. */
export const readPools3 = (lens: Hex, pools: ReadonlyMap<string, Standing>, tokenFirst: boolean): Reading => {
  const poolOf = new Map([...pools.keys()].map((id, index) => [BigInt(index + 1), id]))
  const alive = new Map([...poolOf].map(([positionId, id]) => [id, new Set([positionId])]))
  const standing = [...pools.values()]
  const heads = [standing.map(({ address }) => addressWord(address)), standing.map(({ twapSeconds }) => word(twapSeconds))]
  const listed = (id: string) => [...alive.get(id)!].sort((a, b) => (a < b ? -1 : 1))
  return {
    poolOf,
    alive,
    reads: () => [{ to: lens, data: read(...arrays([...heads, [...pools.keys()].flatMap(listed).map(word)])) }],
    view: ([answer], { accounts }) => {
      let next = prelude + poolWords * standing.length
      const positionsOf = (id: string): ReadonlyMap<bigint, Position> => {
        const positions = new Map<bigint, Position>()
        for (const positionId of listed(id)) {
          const position = positionAt(answer!, next, accounts.idOf, tokenFirst)
          next += positionWords
          if (position.liquidity + position.owedTokenWei + position.owedDollarMicros > 0n) positions.set(positionId, position)
          else alive.get(id)!.delete(positionId)
        }
        return positions
      }
      const poolsSeen = [...pools].map(([id, made], index): readonly [string, Pool] => [
        id,
        { ...poolAt(answer!, prelude + poolWords * index, made, tokenFirst), positions: positionsOf(id) },
      ])
      return { pools3: { pools: new Map(poolsSeen), nextPositionId: BigInt(poolOf.size + 1) } }
    },
    note: (fact: Fact) => {
      if (fact.kind !== "pool3.increased") return
      poolOf.set(fact.positionId, fact.pool)
      alive.get(fact.pool)!.add(fact.positionId)
    },
  }
}

const poolAt = (answer: string, at: number, { feePips, tickSpacing }: Standing, tokenFirst: boolean): Omit<Pool, "positions"> => {
  const [tokenWei, dollarMicros] = inOrder(tokenFirst, bigintAt(answer, at + 3), bigintAt(answer, at + 4))
  return {
    feePips,
    tickSpacing,
    tokenFirst,
    sqrtPriceX96: bigintAt(answer, at),
    tick: signedAt(answer, at + 1),
    liquidity: bigintAt(answer, at + 2),
    tokenWei,
    dollarMicros,
    meanTick: signedAt(answer, at + 5),
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

/** What belongs to the two coins, from their order in a pool to token and dollar, or back. */
export const inOrder = <A>(tokenFirst: boolean, first: A, second: A): readonly [A, A] => (tokenFirst ? [first, second] : [second, first])

/** Dynamic arrays as the words of a function's parameters. */
const arrays = (lists: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  let offset = 32 * lists.length
  const offsets = lists.map((list) => {
    offset += 32 * (list.length + 1)
    return word(offset - 32 * (list.length + 1))
  })
  return [...offsets, ...lists.flatMap((list) => [word(list.length), ...list])]
}
