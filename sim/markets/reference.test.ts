import { describe, expect, it } from "vitest"
import { stream } from "../rng.ts"
import { type Params, stepReference } from "./reference.ts"

const calm: Params = {
  volatilityPerYear: 0,
  driftPerYear: 0,
  depthUsdPerPercent: 1000,
  burnMultipleYears: 0,
  treasuryWorth: 0,
  reversionHalfLifeDays: 30,
}
const quiet = { netPurchaseUsd: 0, burnUsdPerDay: 100, circulatingTokens: 1_000_000, shockFactor: 1 }
const rng = () => stream("1", "reference")
const after = (days: number, params: Params, signals = quiet, from = 1) => {
  const stream = rng()
  let state = { usdPerToken: from }
  for (let day = 0; day < days; day++) state = stepReference(params, state, signals, 1, stream)
  return state.usdPerToken
}

describe("reference price", () => {
  it("stands still without news, trade or anchor", () => {
    expect(after(100, calm)).toBe(1)
  })

  it("rises by one per cent, in logarithms, for a net purchase of its depth, and stays there", () => {
    expect(stepReference(calm, { usdPerToken: 1 }, { ...quiet, netPurchaseUsd: 1000 }, 0.25, rng()).usdPerToken).toBeCloseTo(
      Math.exp(0.01),
      12,
    )
  })

  it("closes half of the gap to the value of the burn in its half-life, from both sides", () => {
    const params = { ...calm, burnMultipleYears: 10 }
    const value = (100 * 365 * 10) / 1_000_000
    for (const from of [0.1, 0.365, 1]) expect(after(30, params, quiet, from)).toBeCloseTo(Math.sqrt(from * value), 9)
  })

  it("takes a token without any burn down, without a jump against one with next to none", () => {
    const params = { ...calm, burnMultipleYears: 10 }
    const none = after(1, params, { ...quiet, burnUsdPerDay: 0 })
    expect(none).toBeLessThan(1)
    expect(after(1, params, { ...quiet, burnUsdPerDay: 1e-9 })).toBe(none)
  })

  it("has the volatility that it is given", () => {
    const stream = rng()
    const moves = Array.from({ length: 4000 }, () =>
      Math.log(stepReference({ ...calm, volatilityPerYear: 0.8 }, { usdPerToken: 1 }, quiet, 1, stream).usdPerToken),
    )
    const variance = moves.reduce((sum, move) => sum + move * move, 0) / moves.length
    expect(Math.abs(Math.sqrt(variance * 365) / 0.8 - 1)).toBeLessThan(3.29 / Math.sqrt(2 * 4000))
  })
})
