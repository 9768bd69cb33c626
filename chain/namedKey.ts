import { secp256k1 } from "@noble/curves/secp256k1"
import { type Hex, keccak256, stringToBytes } from "viem"
import { publicKeyToAddress } from "viem/accounts"

/** Keys follow from names, as the accounts of this chain do, so that a run can be repeated: these are no secrets. */
const keyOf = (name: string): Uint8Array => keccak256(stringToBytes(`depinlab/${name}`), "bytes")

/** The address that a key's signatures recover to. */
export const keyAddress = (name: string): Hex =>
  publicKeyToAddress(`0x${Buffer.from(secp256k1.getPublicKey(keyOf(name), false)).toString("hex")}`).toLowerCase() as Hex

export interface Signature {
  /** 64 hexadecimal digits each. */
  readonly r: string
  readonly s: string
  /** 0 or 1, to which contracts add 27. */
  readonly v: number
}

/** The same message always gives the same signature (RFC 6979). viem would sign in a promise, and an order is written down at once. */
export const signAs = (name: string, hash: Hex): Signature => {
  const { r, s, recovery } = secp256k1.sign(hash.slice(2), keyOf(name))
  return { r: r.toString(16).padStart(64, "0"), s: s.toString(16).padStart(64, "0"), v: recovery }
}

/** The signature as 65 bytes that ECDSA libraries recover from, in hexadecimal digits. */
export const signatureBytes = ({ r, s, v }: Signature): string => `${r}${s}${(27 + v).toString(16)}`
