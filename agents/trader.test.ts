import { describe, expect, it } from "vitest"
import type { Action } from "../sim/ledger.ts"
import { poolOf } from "../sim/protocols/pool3/pool.fixture.ts"
import { fromMicros, fromWei, toMicros, toWei } from "../sim/units.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"
import { trader } from "./trader.ts"

const params = {
  tokens: 1e6,
  usd: 1e6,
  tradesPerDay: 20,
  usdPerTrade: 500,
  sizeSigma: 1,
  buyShare: 0.5,
  route: "best" as "main" | "best" | "split",
  partUsdMin: 50,
  slippageShareMax: 0.05,
}
const half = { agent: "treasury", tokenWei: toWei(1_000_000), dollarMicros: toMicros(500_000) }
const worldOf = (heldTokens = 1e6, heldUsd = 1e6, pools: ReadonlyArray<readonly [string, number, bigint]> = []) =>
  calmWorld({
    ledger: {
      token: { supplyWei: 0n, balanceWei: new Map([["agent-1", toWei(heldTokens)]]) },
      dollar: { supplyMicros: 0n, balanceMicros: new Map([["agent-1", toMicros(heldUsd)]]) },
      pools3: { nextPositionId: 9n, pools: new Map(pools.map(([id, feePips, micros]) => [id, poolOf(feePips, micros, [half])])) },
    },
  })
/** The swaps of many ticks in the same world. */
const flow = (changes: Partial<typeof params> = {}, world = worldOf(), ticks = 400): ReadonlyArray<Action> => {
  const agent = actOut(trader, { ...params, ...changes })
  return Array.from({ length: ticks }, () => agent.turn(world)).flatMap(({ actions }) => actions)
}
const isSwap = (action: Action) => action.kind === "pool.swap" || action.kind === "pool3.swap"
const usdOf = (action: Action): number =>
  isSwap(action) ? (action.sell === "dollar" ? fromMicros(action.amountIn) : fromWei(action.amountIn) * 0.5) : 0
const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length
const median = (values: ReadonlyArray<number>) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const boughtShare = (swaps: ReadonlyArray<Action>) => mean(swaps.filter(isSwap).map((action) => (action.sell === "dollar" ? 1 : 0)))

describe("trader", () => {
  it("trades as often as it says, a hundred days of four ticks", () => {
    expect(flow().length / 100).toBeCloseTo(20, 0)
    expect(flow({ tradesPerDay: 5 }).length / 100).toBeCloseTo(5, 0)
    expect(flow({ tradesPerDay: 0 })).toEqual([])
  })

  it("in sizes around its median, that differ as much as it says", () => {
    expect(median(flow().map(usdOf)) / 500).toBeCloseTo(1, 0)
    expect(median(flow({ usdPerTrade: 50 }).map(usdOf)) / 50).toBeCloseTo(1, 0)
    const [narrow, wide] = [flow({ sizeSigma: 0 }).map(usdOf), flow().map(usdOf)]
    expect(narrow.every((usd) => Math.abs(usd - 500) < 1e-6)).toBe(true)
    // A log-normal's mean is exp(sigma^2 / 2) times its median.
    expect(mean(wide) / median(wide)).toBeGreaterThan(1.4)
  })

  it("buys as often as it sells, unless there is a trend", () => {
    expect(boughtShare(flow())).toBeCloseTo(0.5, 1)
    expect(boughtShare(flow({ buyShare: 0.8 }))).toBeCloseTo(0.8, 1)
    expect(boughtShare(flow({ buyShare: 0 }))).toBe(0)
  })

  it("wires dollars when a purchase needs them, and sells no tokens that it does not have", () => {
    const actions = flow({ buyShare: 1, sizeSigma: 0 }, worldOf(0, 100), 1)
    const wired = actions.filter((action) => action.kind === "dollar.onRamp")
    const spent = actions.filter(isSwap)
    expect(spent.length).toBeGreaterThan(1)
    expect(wired.reduce((sum, { amountMicros }) => sum + amountMicros, 0n)).toBe(toMicros(500 * spent.length - 100))
    const sold = flow({ buyShare: 0, sizeSigma: 0, tradesPerDay: 40 }, worldOf(1_700, 0), 1).filter(isSwap)
    expect(sold.map(({ amountIn }) => fromWei(amountIn))).toEqual([1_000, 700])
  })

  it("starts with what it is given", () => {
    const endowed = trader.endow({ ...params, tokens: 7, usd: 9 }, calmWorld().rules, () => undefined as never)
    expect(endowed).toEqual({ tokens: 7, usd: 9 })
  })

  it("accepts no worse a price than it says", () => {
    const [strict, loose] = [flow({ slippageShareMax: 0 }), flow({ slippageShareMax: 0.5 })]
    const minimum = (action: Action | undefined) => (action !== undefined && isSwap(action) ? Number(action.amountOutMin) : NaN)
    expect(minimum(loose[0]) / minimum(strict[0])).toBeCloseTo(0.5, 6)
  })

  describe("with several pools", () => {
    const pools = [
      ["p100", 100, 500_000n],
      ["p3000", 3_000, 500_000n],
    ] as const
    const poolsUsed = (changes: Partial<typeof params>) =>
      new Set(
        flow(changes, worldOf(1e6, 1e6, pools), 20).flatMap((action) => (action.kind === "pool3.swap" ? [action.pool] : [action.kind])),
      )

    it("keeps to the main pool, takes the best, or splits, as its route says", () => {
      expect([...poolsUsed({ route: "main" })]).toEqual(["pool.swap"])
      expect([...poolsUsed({ route: "best", usdPerTrade: 5 })]).toEqual(["p100"])
      expect([...poolsUsed({ route: "split", usdPerTrade: 50_000, sizeSigma: 0 })].toSorted()).toEqual(["p100", "p3000", "pool.swap"])
    })

    it("gets more the better it routes", () => {
      const dollarsFor = (route: (typeof params)["route"]) => {
        const sales = flow({ route, buyShare: 0, usdPerTrade: 50_000, sizeSigma: 0, slippageShareMax: 0 }, worldOf(1e6, 1e6, pools), 1)
        const firstTrade = sales.filter(isSwap).slice(0, route === "split" ? 3 : 1)
        expect(firstTrade.reduce((sum, { amountIn }) => sum + fromWei(amountIn), 0)).toBeCloseTo(100_000, 6)
        return firstTrade.reduce((sum, { amountOutMin }) => sum + fromMicros(amountOutMin), 0)
      }
      expect(dollarsFor("best")).toBeGreaterThan(dollarsFor("main"))
      expect(dollarsFor("split")).toBeGreaterThan(dollarsFor("best"))
    })

    it("does not split into parts that are not worth an order", () => {
      const orders = (partUsdMin: number) =>
        flow({ route: "split", usdPerTrade: 20_000, sizeSigma: 0, partUsdMin }, worldOf(1e6, 1e6, pools), 20).length
      expect(orders(1e6)).toBeLessThan(orders(1))
    })

    it("counts what its own trades of the tick have moved", () => {
      const actions = flow({ route: "best", buyShare: 0, usdPerTrade: 5_000, sizeSigma: 0, tradesPerDay: 80 }, worldOf(1e6, 1e6, pools), 1)
      const minima = actionsOf({ memory: null, actions }, "pool3.swap").map(({ amountOutMin }) => Number(amountOutMin))
      expect(new Set(minima).size).toBe(minima.length)
      expect(minima).toEqual(minima.toSorted((a, b) => b - a))
    })
  })
})
