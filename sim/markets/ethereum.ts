import { Schema } from "effect"
import type { Moment } from "../clock.ts"
import { blobBaseFee, ethereumBlobs, nextExcessBlobGas } from "../fees/blobFee.ts"
import { ln } from "../maths.ts"
import { ethereumRules } from "../protocols/baseFee.ts"
import { or, quantity } from "../quantity.ts"
import type { Rng } from "../rng.ts"
import { HOURS_PER_DAY, minBigint, toCount } from "../units.ts"
import { coinFields, coinMicros, stepCoin } from "./coin.ts"
import {
  blocksIn,
  type BlockRules,
  clearingWei,
  CongestionParams,
  type GasMarket,
  nextFee,
  openGasMarket,
  stepDemand,
} from "./congestion.ts"

/** Ethereum, on which contracts live or to which a rollup writes. Prices are assumed and rounded from 2025 and 2026. */
export const Params = Schema.Struct({
  ...coinFields(3000),
  gas: CongestionParams(2).pipe(or({})),
  blobs: CongestionParams(0.05).pipe(or({})),
  tipGwei: quantity("What an ordinary bid for a place pays above the base fee", { unit: "gwei", min: 0, max: 1e6 }).pipe(or(0.1)),
})
export type Params = typeof Params.Type

export interface Ethereum {
  readonly gas: GasMarket
  readonly blobLogDemand: number
  readonly excessBlobGas: bigint
  readonly blobBaseFeeWei: bigint
  readonly coinLogFactor: number
  readonly coinMicros: bigint
}

/** Gas limit since November 2025 (EIP-7935). */
export const blockRules: BlockRules = { ...ethereumRules, gasLimit: 60_000_000n, blockSeconds: 12 }

/** An hour: demand stands still within a tick, and in so many blocks both prices have forgotten where they began. */
const blocksMax = 300

/** Both markets begin at rest: blobs at what is asked for them, or at a sixteenth of the base fee where that is more. */
export const openEthereum = (params: Params): Ethereum => {
  const blobWei = Math.max(params.blobs.typicalGwei, params.gas.typicalGwei / 16) * 1e9
  const excessBlobGas = toCount(Number(ethereumBlobs.updateFraction) * Math.max(0, ln(blobWei)))
  return {
    gas: openGasMarket(params.gas),
    blobLogDemand: 0,
    excessBlobGas,
    blobBaseFeeWei: blobBaseFee(excessBlobGas, ethereumBlobs),
    coinLogFactor: 0,
    coinMicros: coinMicros(params, 0),
  }
}

/** One tick, block by block: the base fee, and the price of blobs, which leans on it. */
export const stepEthereum = (params: Params, before: Ethereum, now: Moment, ownGas: bigint, rng: (purpose: string) => Rng): Ethereum => {
  const logDemand = stepDemand(params.gas, before.gas.logDemand, now, rng("congestion/ethereum"))
  const blobLogDemand = stepDemand(params.blobs, before.blobLogDemand, now, rng("congestion/blobs"))
  const coinLogFactor = stepCoin(params, before.coinLogFactor, now.hours / HOURS_PER_DAY, rng("coin/ethereum"))
  const clearing = clearingWei(params.gas, logDemand, now)
  const blobClearing = clearingWei(params.blobs, blobLogDemand, now)
  const blocks = blocksIn(now, blockRules)
  const ownGasPerBlock = ownGas / toCount(blocks)
  let { baseFeeWei } = before.gas
  let { excessBlobGas, blobBaseFeeWei } = before
  for (let block = 0; block < Math.min(blocks, blocksMax); block++) {
    const blobs = minBigint((ethereumBlobs.targetBlobs * blobClearing) / blobBaseFeeWei, ethereumBlobs.maxBlobs)
    excessBlobGas = nextExcessBlobGas({ excessBlobGas, blobBaseFeeWei, blobs, baseFeeWei }, ethereumBlobs)
    blobBaseFeeWei = blobBaseFee(excessBlobGas, ethereumBlobs)
    baseFeeWei = nextFee(baseFeeWei, clearing, ownGasPerBlock, blockRules)
  }
  return {
    gas: { baseFeeWei, logDemand },
    blobLogDemand,
    excessBlobGas,
    blobBaseFeeWei,
    coinLogFactor,
    coinMicros: coinMicros(params, coinLogFactor),
  }
}
