import { type Hex, hexToBytes, keccak256, serializeTransaction } from "viem"
import { fastLzBytes } from "../sim/fees/fastLz.ts"
import { bytesOf, type Meter } from "../sim/fees/meter.ts"
import { baseFeeWei } from "./anvil.ts"
import type { Transaction } from "./settleBlock.ts"

/** The chain that encoded transactions name: OP Mainnet's number, as good as any other of two bytes. */
const chainId = 10

/**
 * What a transaction took, and how long it is when it is signed (EIP-1559's envelope). Nobody signs on the local chain: a hash of the
 * data stands for both words of the signature, which compresses as little as a real one.
 */
export const meterOf = ({ to, data, gas }: Transaction, nonce: number, gasUsed: bigint): Meter => {
  const encoded = hexToBytes(
    serializeTransaction(
      {
        type: "eip1559",
        chainId,
        nonce,
        to: to ?? null,
        data,
        gas: BigInt(gas),
        maxFeePerGas: 2n * baseFeeWei,
        maxPriorityFeePerGas: baseFeeWei,
      },
      { r: keccak256(data), s: keccak256(keccak256(data)), yParity: 1 },
    ),
  )
  return { gasUsed, calldata: bytesOf(hexToBytes(data)), encoded: bytesOf(encoded), fastLzBytes: fastLzBytes(encoded) }
}

/** A receipt of `eth_getBlockReceipts`, as far as it is read. */
export interface RawReceipt<Log> {
  readonly gasUsed: Hex
  readonly logs: ReadonlyArray<Log>
}
