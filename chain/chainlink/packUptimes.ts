const VALUES_PER_WORD = 16

/** Uptimes in basis points by registry index as words of sixteen uint16 values: the uptime and 1, or 0 of whom nothing is said. */
export const packUptimes = (uptimesBps: ReadonlyArray<number | undefined>): ReadonlyArray<bigint> =>
  Array.from({ length: Math.ceil(uptimesBps.length / VALUES_PER_WORD) }, (_, index) =>
    uptimesBps
      .slice(index * VALUES_PER_WORD, (index + 1) * VALUES_PER_WORD)
      .reduce((sum: bigint, bps, place) => sum + (BigInt(bps === undefined ? 0 : bps + 1) << BigInt(16 * place)), 0n),
  )
