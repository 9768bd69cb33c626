import type { Bytes, Meter } from "./meter.ts"

const GAS_TRANSACTION = 21_000n
const GAS_ZERO_BYTE = 4n
const GAS_OTHER_BYTE = 16n
/** A byte other than zero counts as four tokens (EIP-7623). */
const TOKENS_OTHER_BYTE = 4n
const FLOOR_GAS_TOKEN = 10n

/** What a call without any execution uses (EIP-2028). */
export const intrinsicGas = ({ zeros, others }: Bytes): bigint => GAS_TRANSACTION + dataGas({ zeros, others })

/** The part of it that is for data; the unit in which rollups before Fjord counted. */
export const dataGas = ({ zeros, others }: Bytes): bigint => zeros * GAS_ZERO_BYTE + others * GAS_OTHER_BYTE

/** The least that a transaction with so much data pays for, however little it executes (EIP-7623, since Prague). */
export const floorGas = ({ zeros, others }: Bytes): bigint => GAS_TRANSACTION + (zeros + others * TOKENS_OTHER_BYTE) * FLOOR_GAS_TOKEN

/** What a chain with Prague's rules charges for: Ethereum since May 2025, the OP Stack since Isthmus, Polygon PoS since Bhilai. */
export const chargedGas = ({ gasUsed, calldata }: Pick<Meter, "gasUsed" | "calldata">): bigint => {
  const floor = floorGas(calldata)
  return gasUsed > floor ? gasUsed : floor
}
