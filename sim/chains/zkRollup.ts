import { breakEvenGasPrice } from "../fees/breakEvenGasPrice.ts"
import { Params as Ethereum } from "../markets/ethereum.ts"
import { count, or, quantity } from "../quantity.ts"
import { gweiToWei, maxBigint, toCount, toMicros, toPpb, YOCTOS_PER_MICRO } from "../units.ts"
import { chainKind, stateless } from "./chainKind.ts"

/** Of an encoded transaction: r, s and the parity. */
const SIGNATURE_BYTES = 65n

/**
 * A rollup as Polygon zkEVM: the effective gas price gives the operator back its data and its execution, and each transaction bears its
 * part of the batch's proof, which is made on machines and verified on Ethereum. First come, first served: bids are not charged.
 */
export const zkRollup = chainKind({
  fields: {
    ethereum: Ethereum.pipe(or({})),
    l1GasPriceFactor: quantity("Price of the rollup's gas over Ethereum's", { unit: "ratio", min: 0, max: 1 }).pipe(or(0.04)),
    gasPriceMinGwei: quantity("The rollup's gas is never cheaper", { unit: "gwei", min: 0, max: 1e6 }).pipe(or(0)),
    netProfitFactor: quantity("What the operator takes over what it needs", { unit: "ratio", min: 0.1, max: 10 }).pipe(or(1.2)),
    batchTransactions: count("Transactions that share a proof", { unit: "transactions", min: 1, max: 1_000_000 }).pipe(or(300)),
    verificationGas: count("Gas that verifying a proof uses on Ethereum", { unit: "gas", min: 0, max: 30_000_000 }).pipe(or(350_000)),
    proofUsd: quantity("What making a proof costs", { unit: "USD a batch", min: 0, max: 1e6 }).pipe(or(1.5)),
  },
  ...stateless,
  prices: (params, _state, { ethereum }) => {
    const { ethereum: terms, l1GasPriceFactor, gasPriceMinGwei, netProfitFactor, batchTransactions, verificationGas, proofUsd } = params
    const l1GasPriceWei = ethereum.gas.baseFeeWei + gweiToWei(terms.tipGwei)
    const breakEven = {
      l1GasPriceWei,
      l1FactorPpb: toPpb(l1GasPriceFactor),
      netProfitPpb: toPpb(netProfitFactor),
      gasPriceMinWei: gweiToWei(gasPriceMinGwei),
    }
    const proof = toCount(verificationGas) * l1GasPriceWei * ethereum.coinMicros + toMicros(proofUsd) * YOCTOS_PER_MICRO
    const proofShare = proof / toCount(batchTransactions)
    return ({ gasUsed, encoded }) => {
      const unsigned = { ...encoded, others: maxBigint(encoded.others - SIGNATURE_BYTES, 0n) }
      return gasUsed * breakEvenGasPrice(gasUsed, unsigned, breakEven) * ethereum.coinMicros + proofShare
    }
  },
})
