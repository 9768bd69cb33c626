/** A match is at least so long, and reaches back so far at most. */
const MATCH_MIN = 3
const DISTANCE_MAX = 8_192
/** The encoder begins to look after these bytes, and stops looking so many before the end. */
const HEAD = 2
const TAIL = 14
/** The last bytes are never part of a match. */
const MATCH_TAIL = 5
const LITERALS_MAX = 32
const MATCH_MAX = 262
/** From this length on a match needs a byte more. */
const LONG_MATCH = 9
const HASH_BITS = 13

/**
 * How many bytes FastLZ's first level makes of the data: what Fjord estimates the size of a transaction in a batch from. The encoder's
 * choices are part of the consensus, so it must find the same matches: one hash table of the last place of each three bytes, no search
 * beyond it (ariya/FastLZ, fastlz.c; op-geth, core/types/rollup_cost.go).
 */
export const fastLzBytes = (data: Uint8Array): bigint => {
  const lastPlace = new Uint32Array(1 << HASH_BITS)
  const threeAt = (place: number) => data[place]! | (data[place + 1]! << 8) | (data[place + 2]! << 16)
  const slotOf = (three: number) => Math.imul(three, 2_654_435_769) >>> (32 - HASH_BITS)
  const last = data.length - TAIL
  let bytes = 0
  let literalsFrom = 0
  for (let place = HEAD; place < last;) {
    const three = threeAt(place)
    const slot = slotOf(three)
    const earlier = lastPlace[slot]!
    lastPlace[slot] = place
    if (place - earlier >= DISTANCE_MAX || threeAt(earlier) !== three) {
      place++
      continue
    }
    let length = MATCH_MIN
    while (place + length < data.length - MATCH_TAIL && data[earlier + length] === data[place + length]) length++
    bytes += literalBytes(place - literalsFrom) + matchBytes(length)
    place += length - 2
    for (let seen = 0; seen < 2; seen++, place++) lastPlace[slotOf(threeAt(place))] = place
    literalsFrom = place
  }
  return BigInt(bytes + literalBytes(data.length - literalsFrom))
}

/** One byte before every run of up to 32. */
const literalBytes = (count: number): number => count + Math.ceil(count / LITERALS_MAX)

const matchBytes = (length: number): number => {
  const more = length - MATCH_MIN
  return Math.floor(more / MATCH_MAX) * 3 + (more % MATCH_MAX >= LONG_MATCH - MATCH_MIN ? 3 : 2)
}
