import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { namedStreams } from "../actor.ts"
import { moment } from "../clock.ts"
import { ethereumRules } from "../protocols/baseFee.ts"
import { type BlockRules, clearingWei, type CongestionParams, type GasMarket, openGasMarket, stepGasMarket } from "./congestion.ts"
import { openEthereum, Params as EthereumParams, stepEthereum } from "./ethereum.ts"

const calendar = { start: "2026-01-01", days: 10_000, ticksPerDay: 24, epochDays: 1 }
const rules: BlockRules = { ...ethereumRules, gasLimit: 60_000_000n, blockSeconds: 12 }
const calm = { typicalGwei: 2, volatilityPerDay: 0, reversionHalfLifeDays: 0.5, cycleShare: 0 }
const streams = () => namedStreams("1", "world")
const gwei = (wei: bigint) => Number(wei) / 1e9

const play = (params: CongestionParams, ticks: number, ownGas = 0n, from?: GasMarket) => {
  const rng = streams()("congestion")
  const fees: number[] = []
  let market = from ?? openGasMarket(params)
  for (let tick = 1; tick <= ticks; tick++) {
    market = stepGasMarket(params, rules, market, moment(calendar, tick), ownGas, rng)
    fees.push(gwei(market.baseFeeWei))
  }
  return fees
}

describe("congestion", () => {
  it("comes to rest where others' demand is what the chain is built for, from above and from below", () => {
    for (const baseFeeWei of [1n, 10_000_000n, 500_000_000_000n])
      expect(play(calm, 3, 0n, { baseFeeWei, logDemand: 0 }).at(-1)).toBeCloseTo(2, 6)
  })

  it("is dearer when the network itself needs gas: others are crowded out to the target", () => {
    // A tenth of each block's target is ours, so others fit only at a price that is ten ninths of theirs.
    const perTick = (rules.gasLimit / 2n / 10n) * 300n
    expect(play(calm, 3, perTick).at(-1)).toBeCloseTo(2 / 0.9, 4)
  })

  it("has a tide that is highest in the afternoon, and the mean and the spread that it is given", () => {
    const tidal = play({ ...calm, cycleShare: 0.3 }, 24)
    expect(tidal.indexOf(Math.max(...tidal))).toBeGreaterThanOrEqual(14)
    expect(tidal.indexOf(Math.max(...tidal))).toBeLessThanOrEqual(15)
    expect(Math.max(...tidal) / Math.min(...tidal)).toBeCloseTo(1.3 / 0.7, 1)

    const logs = play({ ...calm, volatilityPerDay: 0.8 }, 24 * 700).map((fee) => Math.log(fee / 2))
    const variance = logs.reduce((sum, log) => sum + log * log, 0) / logs.length
    expect(Math.abs(logs.reduce((sum, log) => sum + log, 0) / logs.length)).toBeLessThan(0.06)
    expect(Math.sqrt(variance)).toBeCloseTo(0.8 / Math.sqrt((2 * Math.LN2) / 0.5), 1)
  })

  it("asks at least a wei however little anybody wants", () => {
    expect(clearingWei({ ...calm, typicalGwei: 1e-9 }, -50, moment(calendar, 1))).toBe(1n)
  })
})

describe("Ethereum", () => {
  const params = Schema.decodeUnknownSync(EthereumParams)({})

  it("opens at rest, and keeps blobs at a sixteenth of the base fee while few are wanted", () => {
    const rng = streams()
    let ethereum = openEthereum(params)
    for (let tick = 1; tick <= 60; tick++) {
      ethereum = stepEthereum(params, ethereum, moment(calendar, tick), 0n, rng)
      expect(gwei(ethereum.blobBaseFeeWei) / (gwei(ethereum.gas.baseFeeWei) / 16)).toBeGreaterThan(0.85)
    }
    const wanted = Schema.decodeUnknownSync(EthereumParams)({ blobs: { typicalGwei: 3, volatilityPerDay: 0, cycleShare: 0 } })
    ethereum = openEthereum(wanted)
    for (let tick = 1; tick <= 5; tick++) ethereum = stepEthereum(wanted, ethereum, moment(calendar, tick), 0n, rng)
    expect(Math.abs(gwei(ethereum.blobBaseFeeWei) / 3 - 1)).toBeLessThan(0.1)
  })

  it("draws each of its prices from a stream of its own", () => {
    const rng = streams()
    const other = Schema.decodeUnknownSync(EthereumParams)({ coinVolatilityPerYear: 0.6, blobs: { typicalGwei: 5 } })
    const a = stepEthereum(params, openEthereum(params), moment(calendar, 1), 0n, rng)
    const b = stepEthereum(other, openEthereum(other), moment(calendar, 1), 0n, streams())
    expect(b.gas).toEqual(a.gas)
    expect(b.coinMicros).not.toBe(a.coinMicros)
  })
})
