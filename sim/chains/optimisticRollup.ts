import { Schema } from "effect"
import { chargedGas } from "../fees/calldataGas.ts"
import { type DataPrices, ecotoneFee, fjordFee } from "../fees/rollupDataFee.ts"
import { type BlockRules, CongestionParams, openGasMarket, stepGasMarket } from "../markets/congestion.ts"
import { Params as Ethereum } from "../markets/ethereum.ts"
import { count, or } from "../quantity.ts"
import { toCount } from "../units.ts"
import { chainKind, tipField, tipOn } from "./chainKind.ts"

/** The OP Stack's blocks: denominator and elasticity since Canyon. */
const blockRules: BlockRules = { elasticity: 6n, changeDenominator: 250n, gasLimit: 60_000_000n, blockSeconds: 2 }

const scalarBounds = { unit: "millionths", min: 0, max: 4_294_967_295 }

/** A rollup as OP Mainnet or Base: gas of its own blocks, and the transaction's share of the data that goes to Ethereum. */
export const optimisticRollup = chainKind({
  fields: {
    ethereum: Ethereum.pipe(or({})),
    gas: CongestionParams(0.001).pipe(or({})),
    ...tipField(0.001),
    dataFee: Schema.Literals(["ecotone", "fjord"]).pipe(or("fjord" as const)),
    /** OP Mainnet's since Fjord; they were 1368 and 810949 under Ecotone, which does not compress before it counts. */
    baseFeeScalar: count("Share of Ethereum's base fee that data pays", scalarBounds).pipe(or(5_227)),
    blobBaseFeeScalar: count("Share of the blob fee that data pays", scalarBounds).pipe(or(1_014_213)),
  },
  open: ({ gas }) => openGasMarket(gas),
  step: ({ gas }, market, { now, ownGas, rng }) => stepGasMarket(gas, blockRules, market, now, ownGas, rng("congestion/optimisticRollup")),
  prices: ({ tipGwei, dataFee, baseFeeScalar, blobBaseFeeScalar }, { baseFeeWei }, { ethereum }) => {
    const data: DataPrices = {
      baseFeeWei: ethereum.gas.baseFeeWei,
      blobBaseFeeWei: ethereum.blobBaseFeeWei,
      baseFeeScalar: toCount(baseFeeScalar),
      blobBaseFeeScalar: toCount(blobBaseFeeScalar),
    }
    const feeOfData = dataFee === "fjord" ? fjordFee : ecotoneFee
    return (meter, tipWei) => (chargedGas(meter) * (baseFeeWei + tipOn(tipGwei, tipWei)) + feeOfData(meter, data)) * ethereum.coinMicros
  },
})
