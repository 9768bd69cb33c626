import { type Hex, hashMessage } from "viem"
import { keyAddress, signAs, signatureBytes } from "../namedKey.ts"

/** A reporter signs with a key of its own. */
const nameOf = (id: string): string => `signer/${id}`

export const signerOf = (id: string): Hex => keyAddress(nameOf(id))

/** Signatures of a digest as an Ethereum message (ERC-191), by ascending signer. */
export const signatures = (digest: Hex, ids: ReadonlyArray<string>): ReadonlyArray<Hex> => {
  const hash = hashMessage({ raw: digest })
  return ids
    .map((id) => ({ id, signer: signerOf(id) }))
    .sort((a, b) => (a.signer < b.signer ? -1 : 1))
    .map(({ id }): Hex => `0x${signatureBytes(signAs(nameOf(id), hash))}`)
}
