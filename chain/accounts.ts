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
export const addressOf = (id: string): Hex => {
  let address = known.get(id)
  if (address === undefined) known.set(id, (address = `0x${keccak256(stringToBytes(`depinlab/${id}`)).slice(26)}`))
  return address
}

/** Addresses follow from names alone, and a hash is dear where ten thousand agents are set up. */
const known = new Map<string, Hex>()

export const accounts = (addresses: ReadonlyMap<string, Hex>): Accounts => {
  const words = new Map([...addresses].map(([id, address]) => [id, addressWord(address)]))
  const ids = new Map([...words].map(([id, word]) => [`0x${word}`, id]))
  return {
    ids: [...addresses.keys()],
    address: (id) => found(addresses.get(id), id),
    word: (id) => found(words.get(id), id),
    idOf: (topic) => found(ids.get(topic), topic),
  }
}

const found = <A>(account: A | undefined, name: string): A => {
  if (account === undefined) throw new RangeError(`no account is called ${name}`)
  return account
}
