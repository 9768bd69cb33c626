import { type Hex, keccak256, stringToBytes } from "viem"
import { addressWord } from "./word.ts"

/** Who is who on the chain, both ways. */
export interface Accounts {
  readonly ids: ReadonlyArray<string>
  readonly address: (id: string) => Hex
  /** The address as a word of calldata. */
  readonly word: (id: string) => string
  /** The account that a log's topic names. */
  readonly idOf: (topic: string) => string
}

/** Last 20 bytes of keccak256("depinlab/" + id). */
export const addressOf = (id: string): Hex => `0x${keccak256(stringToBytes(`depinlab/${id}`)).slice(26)}`

export const accounts = (addresses: ReadonlyMap<string, Hex>): Accounts => {
  const words = new Map([...addresses].map(([id, address]) => [id, addressWord(address)]))
  const ids = new Map([...words].map(([id, word]) => [`0x${word}`, id]))
  return {
    ids: [...addresses.keys()],
    address: (id) => known(addresses.get(id), id),
    word: (id) => known(words.get(id), id),
    idOf: (topic) => known(ids.get(topic), topic),
  }
}

const known = <A>(found: A | undefined, name: string): A => {
  if (found === undefined) throw new RangeError(`no account is called ${name}`)
  return found
}
