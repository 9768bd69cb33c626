import { secp256k1 } from "@noble/curves/secp256k1"
import { type Hex, hashMessage, keccak256, stringToBytes } from "viem"
import { privateKeyToAddress } from "viem/accounts"

/** A reporter signs with a key of its own; like its account it follows from its name, so that a run can be repeated. */
const keyOf = (id: string): Hex => keccak256(stringToBytes(`depinlab/signer/${id}`))

export const signerOf = (id: string): Hex => privateKeyToAddress(keyOf(id)).toLowerCase() as Hex

/** Signatures of a digest as an Ethereum message (ERC-191), by ascending signer; deterministic (RFC 6979). */
export const signatures = (digest: Hex, ids: ReadonlyArray<string>): ReadonlyArray<Hex> => {
  const hash = hashMessage({ raw: digest }).slice(2)
  return ids
    .map((id) => ({ id, signer: signerOf(id) }))
    .sort((a, b) => (a.signer < b.signer ? -1 : 1))
    .map(({ id }): Hex => {
      const signature = secp256k1.sign(hash, keyOf(id).slice(2), { lowS: true })
      return `0x${signature.toCompactHex()}${(27 + signature.recovery).toString(16)}`
    })
}
