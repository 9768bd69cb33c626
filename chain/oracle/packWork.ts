const VALUES_PER_WORD = 8
const VALUE_BITS = 32n
const VALUE_MAX = (1n << VALUE_BITS) - 1n

/**
 * One reporter's values as the words of `WorkOracle.report`: the value of registry index i is bits 32 * (i % 8) of word i / 8.
 * A value above 2^32 - 1 thousandths (4.29 million reference-GPU hours of one provider in one epoch) is reported as that.
 */
export const packWork = (workMillis: ReadonlyArray<bigint>): ReadonlyArray<bigint> => {
  const words: Array<bigint> = []
  for (const [index, value] of workMillis.entries()) {
    const word = Math.floor(index / VALUES_PER_WORD)
    const capped = value < VALUE_MAX ? value : VALUE_MAX
    words[word] = (words[word] ?? 0n) | (capped << (VALUE_BITS * BigInt(index % VALUES_PER_WORD)))
  }
  return words
}
