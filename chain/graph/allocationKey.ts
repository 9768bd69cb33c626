import { secp256k1 } from "@noble/curves/secp256k1"
import { bytesToHex, concat, type Hex, hexToBytes, keccak256, stringToBytes } from "viem"
import { addressWord, word } from "../word.ts"

/** The key of an allocation, which its indexer must prove to own: like all keys of this chain it follows from a name. */
const keyOf = (allocation: string): Uint8Array => hexToBytes(keccak256(stringToBytes(`depinlab/allocation/${allocation}`)))

/** The address by which the contracts know an allocation. */
export const allocationAddress = (allocation: string): Hex => {
  const point = secp256k1.getPublicKey(keyOf(allocation), false).slice(1)
  return `0x${keccak256(point).slice(26)}`
}

/** The key's signature of the two addresses, as words of calldata: its length, then 65 bytes. Deterministic (RFC 6979). */
export const ownershipProof = (allocation: string, indexer: Hex): string => {
  const message = keccak256(concat([indexer, allocationAddress(allocation)]))
  const digest = keccak256(concat([bytesToHex(stringToBytes("\x19Ethereum Signed Message:\n32")), message]))
  const { r, s, recovery } = secp256k1.sign(hexToBytes(digest), keyOf(allocation))
  return `${word(65)}${word(r)}${word(s)}${(27 + recovery).toString(16).padEnd(64, "0")}`
}

/** By which the dispute manager knows a dispute about an allocation's proof. */
export const disputeWord = (allocationAt: Hex): string => keccak256(`0x${addressWord(allocationAt).slice(24)}`).slice(2)
