/**
 * The results of a provider's work, one for each chunk. A real result is too big for a chain and takes a GPU to get; here it is a hash that anybody
 * can work out, and what it costs is charged apart. Salted with its provider, so that a result is of no use to another.
 */
export const chunkResult = (provider: string, epoch: number, chunk: number): bigint => hash(`${provider}/${epoch}/${chunk}`)

/** What somebody publishes who has not done the chunk: any other number. */
export const guessedResult = (provider: string, epoch: number, chunk: number): bigint => hash(`${provider}/${epoch}/${chunk}/guess`)

/** FNV-1a over the characters, twice with different starts, for 64 bits. */
const hash = (text: string): bigint => (BigInt(fnv(text, 0x811c9dc5)) << 32n) | BigInt(fnv(text, 0x9747b28c))

const fnv = (text: string, start: number): number => {
  let state = start
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  return state >>> 0
}
