import { describe, expect, it } from "vitest"
import { amountOut } from "../sim/protocols/pool.ts"
import { fromMicros, fromWei, toMicros, toWei } from "../sim/units.ts"
import { arbitrageur } from "./arbitrageur.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const params = { tokens: 0, usd: 0, profitUsdMin: 1, tipGwei: 10 }
const rich = {
  token: { supplyWei: 0n, balanceWei: new Map([["agent-1", toWei(1e7)]]) },
  dollar: { supplyMicros: 0n, balanceMicros: new Map([["agent-1", toMicros(1e7)]]) },
}
const at = (referenceUsdPerToken: number) => actOut(arbitrageur, params).turn(calmWorld({ referenceUsdPerToken, ledger: rich }))

describe("arbitrageur", () => {
  it.each([0.5, 0.5012, 0.4988])("does nothing inside the fee band (%d)", (price) => {
    expect(at(price).actions).toEqual([])
  })

  it.each([0.55, 0.8, 0.45, 0.2])("brings the pool to the outside price less fees (%d), at a profit", (price) => {
    const decision = at(price)
    const [swap] = actionsOf(decision, "pool.swap")
    const [hedge] = actionsOf(decision, "venue.trade")
    const { tokenReserveWei, dollarReserveMicros } = calmWorld().ledger.pool
    const isBuying = price > 0.5
    expect([swap!.sell, hedge!.sell]).toEqual(isBuying ? ["dollar", "token"] : ["token", "dollar"])
    const [reserveIn, reserveOut] = isBuying ? [dollarReserveMicros, tokenReserveWei] : [tokenReserveWei, dollarReserveMicros]
    const out = amountOut(swap!.amountIn, reserveIn, reserveOut)

    const profitUsd = isBuying
      ? fromWei(out) * price * 0.999 - fromMicros(swap!.amountIn)
      : fromMicros(out) - fromWei(swap!.amountIn) * price * 1.001
    expect(profitUsd).toBeGreaterThan(1)
    for (const [numerator, denominator] of [
      [99n, 100n],
      [101n, 100n],
    ] as const) {
      const other = (swap!.amountIn * numerator) / denominator
      const otherOut = amountOut(other, reserveIn, reserveOut)
      const otherProfitUsd = isBuying
        ? fromWei(otherOut) * price * 0.999 - fromMicros(other)
        : fromMicros(otherOut) - fromWei(other) * price * 1.001
      expect(otherProfitUsd).toBeLessThan(profitUsd)
    }
  })

  it("spends no more than it has", () => {
    const poor = {
      token: { supplyWei: 0n, balanceWei: new Map() },
      dollar: { supplyMicros: 0n, balanceMicros: new Map([["agent-1", toMicros(1000)]]) },
    }
    const decision = actOut(arbitrageur, params).turn(calmWorld({ referenceUsdPerToken: 1, ledger: poor }))
    expect(actionsOf(decision, "pool.swap")[0]!.amountIn).toBe(toMicros(1000))
  })

  it("leaves profits that are not worth the trouble", () => {
    expect(
      actOut(arbitrageur, { ...params, profitUsdMin: 1e6 }).turn(calmWorld({ referenceUsdPerToken: 0.55, ledger: rich })).actions,
    ).toEqual([])
  })

  it("outbids the others", () => {
    expect(at(0.8).tipWei).toBe(10_000_000_000n)
  })
})
