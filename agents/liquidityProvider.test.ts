import { describe, expect, it } from "vitest"
import { toMicros, toWei } from "../sim/units.ts"
import { liquidityProvider } from "./liquidityProvider.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const params = { poolWeight: 1, yieldPerYearMin: 0, memoryDays: 7, patienceDays: 3 }
const self = "agent-1"

/** Days of a pool whose price jumps up and down by `move` a day and whose invariant grows by `feePerDay`. */
const live = (days: number, move: number, feePerDay: number, shares: bigint, overrides: Partial<typeof params> = {}, feeUsd = 0) => {
  const agent = actOut(liquidityProvider, { ...params, ...overrides }, self)
  return Array.from({ length: days }, (_, day) => {
    const price = 0.5 * (day % 2 === 0 ? 1 : 1 + move)
    const side = 500_000 * (1 + feePerDay) ** day
    const root = Math.sqrt(price / 0.5)
    return agent.turn(
      calmWorld({
        tick: day * 4 + 1,
        gas: { feeUsd: () => feeUsd },
        ledger: {
          pool: {
            tokenReserveWei: toWei((side * 2) / root),
            dollarReserveMicros: toMicros(side * root),
            totalShares: 1_000_000n,
            shares: new Map([[self, shares]]),
          },
          token: { supplyWei: 0n, balanceWei: new Map([[self, toWei(1000)]]) },
          dollar: { supplyMicros: 0n, balanceMicros: new Map([[self, toMicros(1000)]]) },
        },
      }),
    )
  })
}
const removals = (decisions: ReturnType<typeof live>) => decisions.flatMap((decision) => actionsOf(decision, "pool.removeLiquidity"))
const additions = (decisions: ReturnType<typeof live>) => decisions.flatMap((decision) => actionsOf(decision, "pool.addLiquidity"))

describe("liquidity provider", () => {
  it("stays while fees pay for the loss that volatility makes it expect", () => {
    expect(removals(live(40, 0.05, 0.001, 1000n))).toEqual([])
  })

  it("takes everything out when volatility eats the fees, but not before its patience ends", () => {
    const decisions = live(40, 0.2, 0.0001, 1000n)
    expect(removals(decisions)[0]).toEqual({ kind: "pool.removeLiquidity", shares: 1000n })
    expect(removals(decisions.slice(0, 4))).toEqual([])
  })

  it("is more patient when it wants less", () => {
    expect(removals(live(40, 0.2, 0.0001, 1000n, { yieldPerYearMin: -5 }))).toEqual([])
  })

  it("stays where a move would cost more than it gains", () => {
    expect(removals(live(40, 0.2, 0.0001, 1000n, {}, 1))).not.toEqual([])
    expect(removals(live(40, 0.2, 0.0001, 1000n, {}, 1000))).toEqual([])
    expect(additions(live(40, 0, 0.001, 0n, {}, 1000))).toEqual([])
  })

  it("comes back when the pool pays again, with as much of both as fits the price", () => {
    expect(additions(live(40, 0.2, 0.0001, 0n))).toEqual([])
    const [deposit] = additions(live(40, 0, 0.001, 0n))
    expect(deposit!.tokenWei).toBeLessThanOrEqual(toWei(1000))
    expect(Number(deposit!.dollarMicros) / 1e6).toBeCloseTo((Number(deposit!.tokenWei) / 1e18) * 0.5, 3)
  })
})
