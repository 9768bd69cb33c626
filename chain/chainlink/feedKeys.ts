import type { Hex } from "viem"
import { keyAddress, type Signature, signAs } from "../namedKey.ts"

/** A node signs with a key of its own, apart from the account that sends its transactions. */
const nameOf = (node: string): string => `feed-key/${node}`

/** The address that a node's signatures recover to. */
export const signerOf = (node: string): Hex => keyAddress(nameOf(node))

export const sign = (hash: Hex, node: string): Signature => signAs(nameOf(node), hash)
