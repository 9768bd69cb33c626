/** Bytes by what chains ask for them. */
export interface Bytes {
  readonly zeros: bigint
  readonly others: bigint
}

/** What one transaction took, whatever a chain asks for it. */
export interface Meter {
  /** As executed under Cancun's rules, before any floor. */
  readonly gasUsed: bigint
  readonly calldata: Bytes
  /** The whole transaction as it is signed and encoded, which a rollup publishes. */
  readonly encoded: Bytes
  /** The same, compressed. */
  readonly fastLzBytes: bigint
}

export const noUse: Meter = {
  gasUsed: 0n,
  calldata: { zeros: 0n, others: 0n },
  encoded: { zeros: 0n, others: 0n },
  fastLzBytes: 0n,
}

export const bytesOf = (data: Uint8Array): Bytes => {
  let zeros = 0
  for (const byte of data) if (byte === 0) zeros++
  return { zeros: BigInt(zeros), others: BigInt(data.length - zeros) }
}

export const plus = (a: Meter, b: Meter): Meter => combined(a, (value, key) => value + key(b))

/** Each figure over `count`, rounded down. */
export const over = (sum: Meter, count: bigint): Meter => combined(sum, (value) => value / count)

const combined = (meter: Meter, of: (value: bigint, key: (meter: Meter) => bigint) => bigint): Meter => {
  const at = (key: (meter: Meter) => bigint) => of(key(meter), key)
  return {
    gasUsed: at(({ gasUsed }) => gasUsed),
    calldata: { zeros: at(({ calldata }) => calldata.zeros), others: at(({ calldata }) => calldata.others) },
    encoded: { zeros: at(({ encoded }) => encoded.zeros), others: at(({ encoded }) => encoded.others) },
    fastLzBytes: at(({ fastLzBytes }) => fastLzBytes),
  }
}
