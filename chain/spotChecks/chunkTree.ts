import { type Hex, keccak256 } from "viem"
import type { Results } from "../../sim/protocols/spotChecks.ts"
import { word } from "../word.ts"

/** A Merkle tree over the results of an epoch's chunks, as OpenZeppelin's MerkleProof verifies it: pairs are hashed in the order of their values. */
export interface ChunkTree {
  readonly root: Hex
  readonly proofOf: (chunk: number) => ReadonlyArray<Hex>
}

/** Who commits to results publishes the same array, which is opened later. */
const made = new WeakMap<Results, ChunkTree>()

export const chunkTree = (results: Results): ChunkTree => {
  const known = made.get(results) ?? grow(results)
  made.set(results, known)
  return known
}

const grow = (results: Results): ChunkTree => {
  const leaves = results.map((result, chunk) => keccak256(keccak256(`0x${word(chunk)}${word(result)}`)))
  const levels = [leaves]
  for (let level = leaves; level.length > 1; levels.push(level)) level = parents(level)
  return {
    root: levels.at(-1)![0]!,
    proofOf: (chunk) => {
      let index = chunk
      return levels.slice(0, -1).flatMap((level) => {
        const sibling = level[index ^ 1]
        index >>= 1
        return sibling === undefined ? [] : [sibling]
      })
    },
  }
}

/** A node without a partner goes up as it is. */
const parents = (level: ReadonlyArray<Hex>): Array<Hex> =>
  level.flatMap((node, index) => {
    const partner = level[index + 1]
    if (index % 2 === 1) return []
    return [partner === undefined ? node : pairHash(node, partner)]
  })

const pairHash = (a: Hex, b: Hex): Hex => keccak256(a < b ? `${a}${b.slice(2)}` : `${b}${a.slice(2)}`)
