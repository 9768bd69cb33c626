import { dataGas } from "./calldataGas.ts"
import type { Meter } from "./meter.ts"

/** What Ethereum asks for data, and how much of it the rollup passes on (millionths). */
export interface DataPrices {
  readonly baseFeeWei: bigint
  readonly blobBaseFeeWei: bigint
  readonly baseFeeScalar: bigint
  readonly blobBaseFeeScalar: bigint
}

/** Calldata gas of a byte, and the millionths in which the scalars count. */
const BYTE_GAS = 16n
const MILLION = 1_000_000n

/** The size in a compressed batch that Fjord expects, in millionths of a byte: a regression on FastLZ's size, and its least. */
const INTERCEPT = -42_585_600n
const FASTLZ_COEFFICIENT = 836_500n
const SIZE_MIN = 100n * MILLION

const weiPerMillionBytes = ({ baseFeeWei, blobBaseFeeWei, baseFeeScalar, blobBaseFeeScalar }: DataPrices): bigint =>
  BYTE_GAS * baseFeeScalar * baseFeeWei + blobBaseFeeScalar * blobBaseFeeWei

/** The OP Stack's fee for data under Ecotone, rounded down: sixteenths of the calldata gas stand for compressed bytes. */
export const ecotoneFee = ({ encoded }: Pick<Meter, "encoded">, prices: DataPrices): bigint =>
  (dataGas(encoded) * weiPerMillionBytes(prices)) / (BYTE_GAS * MILLION)

/** The same under Fjord and since. Source of both: ethereum-optimism/op-geth, core/types/rollup_cost.go. */
export const fjordFee = ({ fastLzBytes }: Pick<Meter, "fastLzBytes">, prices: DataPrices): bigint => {
  const size = INTERCEPT + FASTLZ_COEFFICIENT * fastLzBytes
  return ((size > SIZE_MIN ? size : SIZE_MIN) * weiPerMillionBytes(prices)) / (MILLION * MILLION)
}
