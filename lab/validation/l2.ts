import { Effect } from "effect"
import { breakEvenGasPrice } from "../../sim/fees/breakEvenGasPrice.ts"
import { floorGas, intrinsicGas } from "../../sim/fees/calldataGas.ts"
import { type DataPrices, ecotoneFee, fjordFee } from "../../sim/fees/rollupDataFee.ts"
import { PPB } from "../../sim/units.ts"
import { integer, referenceCase } from "./referenceCase.ts"

const scalarMax = 2n ** 32n - 1n
const feeMax = 10n ** 15n

/** What rollups ask for a transaction's data, Ethereum's floor for it, and the price at which a ZK-rollup breaks even. */
export const l2 = referenceCase({
  id: "L2",
  title: "Fees for data: Ecotone, Fjord, EIP-7623, Polygon zkEVM",
  source:
    "ethereum-optimism/op-geth, core/types/rollup_cost_test.go; ethereum/EIPs, EIP-7623; 0xPolygonHermez/zkevm-node, pool/effectivegasprice_test.go",
  parameters: {
    zeros: integer("bytes", "zero bytes of the data", 0n, { max: 10n ** 7n }),
    others: integer("bytes", "other bytes of the data", 30n, { max: 10n ** 7n }),
    fastLzBytes: integer("bytes", "size of the transaction after FastLZ", 235n, { max: 10n ** 7n }),
    baseFeeWei: integer("wei a gas unit", "Ethereum's base fee", 1_000_000_000n, { max: feeMax }),
    blobBaseFeeWei: integer("wei a gas unit", "price of blob gas", 10_000_000n, { max: feeMax }),
    baseFeeScalar: integer("millionths", "share of the base fee that data pays", 2n, { max: scalarMax }),
    blobBaseFeeScalar: integer("millionths", "share of the blob fee that data pays", 3n, { max: scalarMax }),
    gasUsed: integer("gas", "gas of the transaction on the ZK-rollup", 200n, { min: 1n, max: 10n ** 9n }),
    l1GasPriceWei: integer("wei a gas unit", "Ethereum's gas price as the ZK-rollup sees it", 100n, { min: 1n, max: feeMax }),
    l1FactorPpb: integer("billionths", "price of the ZK-rollup's gas over Ethereum's", PPB / 4n, { max: PPB }),
    netProfitPpb: integer("billionths", "what its operator takes over what it needs", PPB, { min: PPB / 10n, max: 10n * PPB }),
  },
  quantities: {
    ecotone: { unit: "wei", precision: 0 },
    fjord: { unit: "wei", precision: 0 },
    intrinsic: { unit: "gas", precision: 0 },
    floor: { unit: "gas", precision: 0 },
    breakEven: { unit: "wei a gas unit", precision: 0 },
  },
  published: [
    // op-geth's empty transaction has 480 gas of data: 30 bytes, none of them zero.
    { at: {}, expected: { ecotone: 960_900n } },
    {
      at: { baseFeeWei: 2_000_000n, blobBaseFeeWei: 3_000_000n, baseFeeScalar: 20n, blobBaseFeeScalar: 15n },
      expected: { fjord: 105_484n },
    },
    { at: { zeros: 31n, others: 37n }, expected: { intrinsic: 21_716n, floor: 22_790n } },
    { at: { zeros: 0n, others: 0n }, expected: { breakEven: 553n } },
    { at: { zeros: 0n, others: 10n }, expected: { breakEven: 633n } },
    { at: { zeros: 10n, others: 0n }, expected: { breakEven: 573n } },
  ],
  expected: (values) => ({
    ecotone: specifiedEcotone(values),
    fjord: specifiedFjord(values),
    intrinsic: 21_000n + 4n * values.zeros + 16n * values.others,
    // EIP-7623: TOTAL_COST_FLOOR_PER_TOKEN * tokens_in_calldata.
    floor: 21_000n + 10n * (values.zeros + 4n * values.others),
    breakEven: specifiedBreakEven(values),
  }),
  measured: (values) => {
    const { zeros, others, fastLzBytes, gasUsed, l1GasPriceWei, l1FactorPpb, netProfitPpb } = values
    const data = { zeros, others }
    return Effect.succeed({
      ecotone: ecotoneFee({ encoded: data }, values),
      fjord: fjordFee({ fastLzBytes }, values),
      intrinsic: intrinsicGas(data),
      floor: floorGas(data),
      breakEven: breakEvenGasPrice(gasUsed, data, { l1GasPriceWei, l1FactorPpb, netProfitPpb, gasPriceMinWei: 0n }),
    })
  },
})

interface Data extends DataPrices {
  readonly zeros: bigint
  readonly others: bigint
  readonly fastLzBytes: bigint
}

/** newL1CostFuncEcotone: the two halves are added per unit of calldata gas, and 16 and the millionths are divided out at the end. */
const specifiedEcotone = ({ zeros, others, baseFeeWei, blobBaseFeeWei, baseFeeScalar, blobBaseFeeScalar }: Data): bigint => {
  const calldataCostPerByte = baseFeeWei * 16n * baseFeeScalar
  const blobCostPerByte = blobBaseFeeWei * blobBaseFeeScalar
  const calldataGasUsed = zeros * 4n + others * 16n
  return ((calldataCostPerByte + blobCostPerByte) * calldataGasUsed) / 16_000_000n
}

/** NewL1CostFuncFjord: the size is a regression in millionths, and no less than a hundred bytes. */
const specifiedFjord = ({ fastLzBytes, baseFeeWei, blobBaseFeeWei, baseFeeScalar, blobBaseFeeScalar }: Data): bigint => {
  let estimated = fastLzBytes * 836_500n - 42_585_600n
  if (estimated < 100_000_000n) estimated = 100_000_000n
  const feeScaled = baseFeeScalar * 16n * baseFeeWei + blobBaseFeeScalar * blobBaseFeeWei
  return (estimated * feeScaled) / 10n ** 12n
}

interface Work {
  readonly zeros: bigint
  readonly others: bigint
  readonly gasUsed: bigint
  readonly l1GasPriceWei: bigint
  readonly l1FactorPpb: bigint
  readonly netProfitPpb: bigint
}

/** CalculateBreakEvenGasPrice: a signature of 65 bytes and the byte of the effective percentage count as bytes that are not zero. */
const specifiedBreakEven = ({ zeros, others, gasUsed, l1GasPriceWei, l1FactorPpb, netProfitPpb }: Work): bigint => {
  const l2MinGasPrice = (l1GasPriceWei * l1FactorPpb) / PPB
  const dataCost = (66n + others) * 16n * l1GasPriceWei + zeros * 4n * l1GasPriceWei
  return (((dataCost + gasUsed * l2MinGasPrice) / gasUsed) * netProfitPpb) / PPB
}
