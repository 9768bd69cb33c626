import { keccak256 } from "viem"
import type { Results } from "../../sim/protocols/spotChecks.ts"
import { type MerkleTree, merkleTree } from "../merkleTree.ts"
import { word } from "../word.ts"

/** Who commits to results publishes the same array, which is opened later. */
const made = new WeakMap<Results, MerkleTree>()

/** The tree over the results of an epoch's chunks. Here the slower hash will do: an order is written down at once. */
export const chunkTree = (results: Results): MerkleTree => {
  const known = made.get(results) ?? merkleTree(results.map(leafOf), hash)
  made.set(results, known)
  return known
}

/** Hashed here and again by the tree, so that no pair of nodes, which is as long as a chunk and its result, is ever taken for a leaf. */
const leafOf = (result: bigint, chunk: number): Uint8Array => keccak256(`0x${word(chunk)}${word(result)}`, "bytes")

const hash = (bytes: Uint8Array): Uint8Array => keccak256(bytes, "bytes")
