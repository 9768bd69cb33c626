import { PPB } from "../units.ts"
import { dataGas } from "./calldataGas.ts"
import type { Bytes } from "./meter.ts"

/** A signature, and the byte that says which part of the signed gas price is charged. */
const FIXED_BYTES = 65n + 1n

export interface BreakEvenTerms {
  readonly l1GasPriceWei: bigint
  /** What the rollup's gas costs against Ethereum's, in billionths. */
  readonly l1FactorPpb: bigint
  /** What is added for the operator, in billionths of the whole. */
  readonly netProfitPpb: bigint
  /** The rollup's gas is never cheaper, in wei. */
  readonly gasPriceMinWei: bigint
}

/**
 * The gas price at which a rollup gets back what a transaction costs it: its gas at a fraction of Ethereum's price, and its bytes as
 * calldata on Ethereum. `unsigned` is the encoded transaction without its signature. Each step rounds down
 * (0xPolygonHermez/zkevm-node, pool/effectivegasprice.go).
 */
export const breakEvenGasPrice = (gasUsed: bigint, unsigned: Bytes, terms: BreakEvenTerms): bigint => {
  const scaled = (terms.l1GasPriceWei * terms.l1FactorPpb) / PPB
  const gasPriceWei = scaled > terms.gasPriceMinWei ? scaled : terms.gasPriceMinWei
  const bytesGas = dataGas({ zeros: unsigned.zeros, others: unsigned.others + FIXED_BYTES })
  const totalWei = gasUsed * gasPriceWei + bytesGas * terms.l1GasPriceWei
  return ((totalWei / gasUsed) * terms.netProfitPpb) / PPB
}
