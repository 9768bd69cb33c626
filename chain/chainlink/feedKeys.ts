import { secp256k1 } from "@noble/curves/secp256k1"
import { type Hex, keccak256, stringToBytes } from "viem"
import { publicKeyToAddress } from "viem/accounts"

/** A node signs with a key of its own, apart from the account that sends its transactions. Keys follow from ids: these are no secrets. */
const keyOf = (node: string): Uint8Array => Buffer.from(keccak256(stringToBytes(`depinlab/feed-key/${node}`)).slice(2), "hex")

/** The address that a node's signatures recover to. */
export const signerOf = (node: string): Hex =>
  publicKeyToAddress(`0x${Buffer.from(secp256k1.getPublicKey(keyOf(node), false)).toString("hex")}`).toLowerCase() as Hex

export interface Signature {
  /** 64 hexadecimal digits each. */
  readonly r: string
  readonly s: string
  /** 0 or 1, to which the contracts add 27. */
  readonly v: number
}

/** The same message always gives the same signature (RFC 6979). viem would sign in a promise, and an order is written down at once. */
export const sign = (hash: Hex, node: string): Signature => {
  const { r, s, recovery } = secp256k1.sign(hash.slice(2), keyOf(node))
  return { r: r.toString(16).padStart(64, "0"), s: s.toString(16).padStart(64, "0"), v: recovery }
}
