import { type Hex, keccak256 } from "viem"
import { word } from "../word.ts"

/** Who is visited and what is checked, as `SpotChecks` draws it: worked out here once, where asking the contract for each chunk would take long. */
export interface Lottery {
  readonly visitChance: bigint
  readonly chunkChance: bigint
  readonly chunkCount: number
  readonly checkers: ReadonlyArray<string>
}

/** The checker of a provider and its drawn chunks; undefined where nobody visits it. */
export const drawOf = (
  beaconWord: string,
  providerWord: string,
  { visitChance, chunkChance, chunkCount, checkers }: Lottery,
): { readonly checker: string; readonly chunks: ReadonlyArray<number> } | undefined => {
  const draw = keccak256(`0x${beaconWord}${providerWord}`)
  if (chanceAt(draw, 0) >= visitChance) return undefined
  const chunks: Array<number> = []
  let drawn: Hex = draw
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    if (chunk % chancesPerWord === 0) drawn = keccak256(`0x${beaconWord}${providerWord}${word(chunk / chancesPerWord)}`)
    if (chanceAt(drawn, chunk % chancesPerWord) < chunkChance) chunks.push(chunk)
  }
  return { checker: checkers[Number(chanceAt(draw, 1) % BigInt(checkers.length))]!, chunks }
}

const chancesPerWord = 8

/** Bits 32 n to 32 n + 31 of a word. */
const chanceAt = (hash: Hex, n: number): bigint => BigInt(`0x${hash.slice(58 - 8 * n, 66 - 8 * n)}`)
