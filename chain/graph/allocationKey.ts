import { concat, type Hex, hashMessage, keccak256 } from "viem"
import { keyAddress, signAs, signatureBytes } from "../namedKey.ts"
import { addressWord, word } from "../word.ts"

/** The key of an allocation, which its indexer must prove to own. */
const nameOf = (allocation: string): string => `allocation/${allocation}`

/** The address by which the contracts know an allocation. */
export const allocationAddress = (allocation: string): Hex => keyAddress(nameOf(allocation))

/** The key's signature of the two addresses, as words of calldata: its length, then 65 bytes. */
export const ownershipProof = (allocation: string, indexer: Hex): string => {
  const message = keccak256(concat([indexer, allocationAddress(allocation)]))
  return word(65) + signatureBytes(signAs(nameOf(allocation), hashMessage({ raw: message }))).padEnd(3 * 64, "0")
}

/** By which the dispute manager knows a dispute about an allocation's proof. */
export const disputeWord = (allocationAt: Hex): string => keccak256(`0x${addressWord(allocationAt).slice(24)}`).slice(2)
