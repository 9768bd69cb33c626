import { describe, expect, it } from "vitest"
import { amountOut } from "../sim/protocols/pool.ts"
import { poolOf } from "../sim/protocols/pool3/pool.fixture.ts"
import { saleIn, tradingPools, usdAfterFee } from "../sim/protocols/tradingPool.ts"
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

  it("leaves profits that the fees of the chain would eat", () => {
    const swaps = (feeUsd: number, profitUsdMin = 1) =>
      actionsOf(
        actOut(arbitrageur, { ...params, profitUsdMin }).turn(
          calmWorld({ referenceUsdPerToken: 0.51, ledger: rich, gas: { feeUsd: () => feeUsd } }),
        ),
        "pool.swap",
      ).length
    // The gap is worth some 32 USD, and two transactions are paid for.
    expect([swaps(0), swaps(10), swaps(20), swaps(10, 15)]).toEqual([1, 1, 0, 0])
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

describe("arbitrageur among several pools", () => {
  const half = { agent: "treasury", tokenWei: toWei(400_000), dollarMicros: toMicros(200_000) }
  const among = (
    pools: ReadonlyArray<readonly [id: string, feePips: number, priceMicros: bigint]>,
    referenceUsdPerToken: number,
    changes: Partial<typeof params> & { readonly heldTokens?: number; readonly heldUsd?: number } = {},
  ) => {
    const { heldTokens = 1e6, heldUsd = 1e6, ...own } = changes
    const ledger = {
      token: { supplyWei: 0n, balanceWei: new Map([["agent-1", toWei(heldTokens)]]) },
      dollar: { supplyMicros: 0n, balanceMicros: new Map([["agent-1", toMicros(heldUsd)]]) },
      pools3: { nextPositionId: 9n, pools: new Map(pools.map(([id, feePips, micros]) => [id, poolOf(feePips, micros, [half])])) },
    }
    const world = calmWorld({ referenceUsdPerToken, ledger })
    return { world, decision: actOut(arbitrageur, { ...params, tokens: 1e6, usd: 1e6, ...own }).turn(world) }
  }
  /** Tokens that an agent's orders leave it with, and the worlds' pools after them. */
  const carryOut = ({ world, decision }: ReturnType<typeof among>) => {
    let [tokens, dollars] = [0n, 0n]
    const after = new Map(tradingPools(world.ledger).map((pool) => [pool.id as string, pool]))
    for (const action of decision.actions) {
      if (action.kind === "venue.trade") {
        const usd = fromWei(action.tokenWei) * world.referenceUsdPerToken * (action.sell === "token" ? 0.999 : 1.001)
        tokens += action.sell === "token" ? -action.tokenWei : action.tokenWei
        dollars += action.sell === "token" ? toMicros(usd) : -toMicros(usd)
        continue
      }
      if (action.kind !== "pool.swap" && action.kind !== "pool3.swap") throw new Error(action.kind)
      const id = action.kind === "pool.swap" ? "main" : action.pool
      const sale = saleIn(after.get(id)!, action.sell, action.amountIn)
      after.set(id, sale.after)
      tokens += action.sell === "token" ? -sale.amountIn : sale.amountOut
      dollars += action.sell === "token" ? sale.amountOut : -sale.amountIn
    }
    return { tokens, profitUsd: fromMicros(dollars), after: [...after.values()] }
  }
  const even = [
    ["p500", 500, 500_000n],
    ["p3000", 3_000, 500_000n],
  ] as const

  it("rests while all agree", () => {
    expect(among(even, 0.5).decision.actions).toEqual([])
  })

  it.each([0.6, 0.42])("brings every pool to the outside price after both fees (%d), and keeps its inventory", (reference) => {
    const done = carryOut(among(even, reference))
    expect(fromWei(done.tokens)).toBeCloseTo(0, 4)
    expect(done.profitUsd).toBeGreaterThan(1)
    const isBuying = reference > 0.5
    for (const pool of done.after)
      expect(usdAfterFee(pool, isBuying ? "dollar" : "token") / (reference * (isBuying ? 0.999 : 1.001))).toBeCloseTo(1, 2)
    const v3 = done.after.filter(({ kind }) => kind === "pool3")
    for (const pool of v3)
      expect(usdAfterFee(pool, isBuying ? "dollar" : "token") / (reference * (isBuying ? 0.999 : 1.001))).toBeCloseTo(1, 5)
  })

  it("trades pool against pool where the outside market is too dear, as much of one as of the other", () => {
    // 20 basis points apart: more than both fees, less than one fee and the outside market's spread.
    const found = among(
      [
        ["p100", 100, 500_500n],
        ["p500", 500, 499_500n],
      ],
      0.5,
      { profitUsdMin: 0.01 },
    )
    expect(found.decision.actions.map(({ kind }) => kind)).toEqual(["pool3.swap", "pool3.swap"])
    const [buy, sale] = actionsOf(found.decision, "pool3.swap")
    expect([buy!.pool, buy!.sell, sale!.pool, sale!.sell]).toEqual(["p500", "dollar", "p100", "token"])
    const done = carryOut(found)
    expect(Math.abs(fromWei(done.tokens))).toBeLessThan(fromWei(sale!.amountIn) / 1_000)
    expect(done.profitUsd).toBeGreaterThan(0.01)
    const [, dear, cheap] = done.after
    expect(usdAfterFee(dear!, "token") / usdAfterFee(cheap!, "dollar")).toBeCloseTo(1, 6)
  })

  it("earns at least what any other number of dollars would, pool by pool", () => {
    const found = among(even, 0.6)
    const best = carryOut(found).profitUsd
    for (const factor of [90n, 99n, 101n, 110n]) {
      const actions = found.decision.actions.map((action) =>
        action.kind === "pool3.swap" && action.pool === "p500" ? { ...action, amountIn: (action.amountIn * factor) / 100n } : action,
      )
      const other = carryOut({ ...found, decision: { ...found.decision, actions } })
      expect(other.profitUsd + fromWei(other.tokens) * 0.6 * 0.999).toBeLessThan(best)
    }
  })

  it("spends on the most profitable first when the money does not reach, and never more than it has", () => {
    const uneven = [
      ["p500", 500, 480_000n],
      ["p3000", 3_000, 450_000n],
    ] as const
    const { decision } = among(uneven, 0.55, { heldUsd: 5_000 })
    const swaps = actionsOf(decision, "pool3.swap")
    expect(swaps.map(({ pool, amountIn }) => [pool, amountIn])).toEqual([["p3000", toMicros(5_000)]])
    expect(actionsOf(decision, "pool.swap")).toEqual([])
    const sales = among(uneven, 0.4, { heldTokens: 1_000, tokens: 1_000 }).decision.actions.filter((action) => action.kind.endsWith("swap"))
    expect(sales).toEqual([expect.objectContaining({ kind: "pool.swap", sell: "token", amountIn: toWei(1_000) })])
  })

  it("stops at a price limit where others came first, and squares what that leaves at the outside market", () => {
    const [swap] = actionsOf(among(even, 0.6).decision, "pool3.swap")
    expect([swap!.amountOutMin, swap!.limitSqrtPriceX96 > 0n]).toEqual([0n, true])
    expect(among(even, 0.5, { heldTokens: 990_000 }).decision.actions).toEqual([
      { kind: "venue.trade", sell: "dollar", tokenWei: toWei(10_000) },
    ])
    expect(among(even, 0.5, { heldTokens: 1_010_000 }).decision.actions).toEqual([
      { kind: "venue.trade", sell: "token", tokenWei: toWei(10_000) },
    ])
    expect(among(even, 0.5, { heldTokens: 1_000_001 }).decision.actions).toEqual([])
  })

  it("leaves out what is not worth an order, and trades the rest as if that pool were not there", () => {
    const pools = [...even, ["tiny", 500, 400_000n]] as const
    const { world, decision } = among(pools, 0.5, { profitUsdMin: 1 })
    expect(actionsOf(decision, "pool3.swap").map(({ pool }) => pool)).toContain("tiny")
    expect(among(pools, 0.5, { profitUsdMin: 1e6 }).decision.actions).toEqual([])
    expect(world.ledger.pools3.pools.size).toBe(3)
  })
})
