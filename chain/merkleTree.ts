import { createKeccak } from "hash-wasm"
import type { Hex } from "viem"

/** A tree of hashes as OpenZeppelin's MerkleProof checks it: the two nodes of a pair are hashed in ascending order. */
export interface MerkleTree {
  /** 32 zero bytes for a tree without leaves. */
  readonly root: Hex
  /** The nodes beside the way from a leaf up to the root. */
  readonly proof: (leaf: number) => ReadonlyArray<Hex>
}

type MakeTree = (leaves: ReadonlyArray<Uint8Array>) => MerkleTree

const nodeBytes = 32
type Hash = (bytes: Uint8Array) => Uint8Array

/** Hashes in WebAssembly, ten times as fast as in JavaScript: a tree of 10,000 leaves takes 20,000 of them. */
export const openMerkle = async (): Promise<MakeTree> => {
  const keccak = await createKeccak(256)
  const hash: Hash = (bytes) => keccak.init().update(bytes).digest("binary")
  return (leaves) => merkleTree(leaves, hash)
}

/** The tree whose leaves are the hashes of these bytes. */
export const merkleTree = (leaves: ReadonlyArray<Uint8Array>, hash: Hash): MerkleTree => {
  const levels: Array<Uint8Array> = [concat(leaves.map(hash))]
  while (levels.at(-1)!.length > nodeBytes) levels.push(parents(levels.at(-1)!, hash))
  return {
    root: levels[0]!.length === 0 ? `0x${"0".repeat(64)}` : hex(levels.at(-1)!),
    proof: (leaf) => {
      const path: Array<Hex> = []
      for (let [depth, node] = [0, leaf]; depth < levels.length - 1; depth++, node >>= 1) {
        const level = levels[depth]!
        const beside = (node ^ 1) * nodeBytes
        // The last node of an odd level has none beside it and goes up as it is.
        if (beside < level.length) path.push(hex(level.subarray(beside, beside + nodeBytes)))
      }
      return path
    },
  }
}

/** An address and an amount of so many bytes, as a contract packs them. */
export const packLeaf = (addressWord: string, amount: bigint, amountBytes: number): Uint8Array =>
  Buffer.from(addressWord.slice(24) + amount.toString(16).padStart(2 * amountBytes, "0"), "hex")

const parents = (level: Uint8Array, hash: Hash): Uint8Array => {
  const count = level.length / nodeBytes
  const next = new Uint8Array(Math.ceil(count / 2) * nodeBytes)
  const pair = new Uint8Array(2 * nodeBytes)
  for (let left = 0; left < count; left += 2) {
    const a = level.subarray(left * nodeBytes, (left + 1) * nodeBytes)
    if (left + 1 === count) {
      next.set(a, (left / 2) * nodeBytes)
      continue
    }
    const b = level.subarray((left + 1) * nodeBytes, (left + 2) * nodeBytes)
    const inOrder = Buffer.compare(a, b) <= 0
    pair.set(inOrder ? a : b, 0)
    pair.set(inOrder ? b : a, nodeBytes)
    next.set(hash(pair), (left / 2) * nodeBytes)
  }
  return next
}

const concat = (parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const all = new Uint8Array(parts.length * nodeBytes)
  for (const [index, part] of parts.entries()) all.set(part, index * nodeBytes)
  return all
}

const hex = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString("hex")}`
