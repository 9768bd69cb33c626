import { Schema } from "effect"
import type { Moment } from "../clock.ts"
import { cos, exp } from "../maths.ts"
import { type BaseFeeRules, nextBaseFee } from "../protocols/baseFee.ts"
import { or, quantity } from "../quantity.ts"
import type { Rng } from "../rng.ts"
import { gweiToWei, HOURS_PER_DAY, maxBigint, minBigint, SECONDS_PER_HOUR, toCount } from "../units.ts"
import { stepFluctuation } from "./fluctuation.ts"

/** What others would pay: the price at which their demand is just what a chain is built for wanders, comes back, and has a daily tide. */
export const CongestionParams = (typicalGwei: number) =>
  Schema.Struct({
    typicalGwei: quantity("Price at which others' demand just meets the target, in the middle", { unit: "gwei", min: 1e-9, max: 1e6 }).pipe(
      or(typicalGwei),
    ),
    volatilityPerDay: quantity("Standard deviation of the daily move of its logarithm", { unit: "1/sqrt(day)", min: 0, max: 10 }).pipe(
      or(0.8),
    ),
    reversionHalfLifeDays: quantity("Time in which half of a deviation fades", { unit: "days", min: 0.01, max: 1e6 }).pipe(or(0.5)),
    cycleShare: quantity("How far the day's tide lifts and lowers it", { unit: "share", min: 0, max: 0.95 }).pipe(or(0.25)),
  })
export type CongestionParams = ReturnType<typeof CongestionParams>["Type"]

/** When the tide is highest: America awake and Europe still at work. */
const peakHour = 15

export const stepDemand = (params: CongestionParams, logDemand: number, now: Moment, rng: Rng): number =>
  stepFluctuation(params, logDemand, now.hours / HOURS_PER_DAY, rng)

/** The price at which demand meets the target in this tick, in wei; the tide is that of the tick's middle. */
export const clearingWei = ({ typicalGwei, cycleShare }: CongestionParams, logDemand: number, now: Moment): bigint => {
  const hour = now.day * HOURS_PER_DAY + now.hours / 2
  const tide = 1 + cycleShare * cos((2 * Math.PI * (hour - peakHour)) / HOURS_PER_DAY)
  return maxBigint(gweiToWei(Math.min(typicalGwei * exp(logDemand) * tide, 1e9)), 1n)
}

/** A chain's blocks, and how its base fee follows their use. */
export interface BlockRules extends BaseFeeRules {
  readonly gasLimit: bigint
  readonly blockSeconds: number
}

export interface GasMarket {
  readonly baseFeeWei: bigint
  readonly logDemand: number
}

export const openGasMarket = ({ typicalGwei }: CongestionParams): GasMarket => ({
  baseFeeWei: maxBigint(gweiToWei(typicalGwei), 1n),
  logDemand: 0,
})

/**
 * The base fee of the next block. Others spend the same sum in every block whatever the price (demand of unit elasticity), the simulated
 * network what it needs, and a block holds no more than its limit.
 */
export const nextFee = (baseFeeWei: bigint, clearing: bigint, ownGas: bigint, rules: BlockRules): bigint => {
  const others = ((rules.gasLimit / rules.elasticity) * clearing) / baseFeeWei
  return nextBaseFee({ baseFeeWei, gasUsed: minBigint(others + ownGas, rules.gasLimit), gasLimit: rules.gasLimit }, rules)
}

export const blocksIn = (now: Moment, { blockSeconds }: Pick<BlockRules, "blockSeconds">): number =>
  Math.max(1, Math.round((now.hours * SECONDS_PER_HOUR) / blockSeconds))

/** One tick of a chain's gas market, block by block; `ownGas` is spread over the blocks. */
export const stepGasMarket = (
  params: CongestionParams,
  rules: BlockRules,
  before: GasMarket,
  now: Moment,
  ownGas: bigint,
  rng: Rng,
): GasMarket => {
  const logDemand = stepDemand(params, before.logDemand, now, rng)
  const clearing = clearingWei(params, logDemand, now)
  const blocks = blocksIn(now, rules)
  const ownGasPerBlock = ownGas / toCount(blocks)
  let { baseFeeWei } = before
  for (let block = 0; block < blocks; block++) {
    const next = nextFee(baseFeeWei, clearing, ownGasPerBlock, rules)
    // Demand stands still within a tick, so a fee that has come to rest stays.
    if (next === baseFeeWei) break
    baseFeeWei = next
  }
  return { baseFeeWei, logDemand }
}
