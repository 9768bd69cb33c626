import { fakeExponential } from "../protocols/fakeExponential.ts"

/** Gas of one blob, and the execution gas that its price is held to (EIP-4844, EIP-7918). */
export const GAS_BLOB = 131_072n
const BLOB_BASE_COST = 8_192n

/** How many blobs a block is meant to have and may have, and how fast their price follows (EIP-7840). */
export interface BlobSchedule {
  readonly targetBlobs: bigint
  readonly maxBlobs: bigint
  readonly updateFraction: bigint
}

/** Ethereum's since January 2026 (the second blob-parameter fork, EIP-7892). */
export const ethereumBlobs: BlobSchedule = { targetBlobs: 14n, maxBlobs: 21n, updateFraction: 11_684_671n }

/** What a block says about the demand for blobs. */
export interface BlobUse {
  readonly excessBlobGas: bigint
  /** `blobBaseFee` of that excess. */
  readonly blobBaseFeeWei: bigint
  readonly blobs: bigint
  readonly baseFeeWei: bigint
}

/** The price of one unit of blob gas, in wei. */
export const blobBaseFee = (excessBlobGas: bigint, { updateFraction }: BlobSchedule): bigint =>
  fakeExponential(1n, excessBlobGas, updateFraction)

/**
 * The excess of the next block. While blobs are cheaper than the execution that checks them, no target is taken off, so that their price
 * rises until it is a sixteenth of the base fee (EIP-7918).
 */
export const nextExcessBlobGas = (block: BlobUse, { targetBlobs, maxBlobs }: BlobSchedule): bigint => {
  const { excessBlobGas, blobBaseFeeWei, blobs, baseFeeWei } = block
  const used = blobs * GAS_BLOB
  const excess = excessBlobGas + used - targetBlobs * GAS_BLOB
  if (excess < 0n) return 0n
  const isBelowReserve = BLOB_BASE_COST * baseFeeWei > GAS_BLOB * blobBaseFeeWei
  return isBelowReserve ? excessBlobGas + (used * (maxBlobs - targetBlobs)) / maxBlobs : excess
}
