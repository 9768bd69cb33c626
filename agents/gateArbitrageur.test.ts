import { describe, expect, it } from "vitest"
import { gatedSale } from "../sim/protocols/gatedPool.ts"
import { amountOut } from "../sim/protocols/pool.ts"
import { saleIn, tradingPools } from "../sim/protocols/tradingPool.ts"
import { fromMicros, toMicros, toWei } from "../sim/units.ts"
import { gateArbitrageur } from "./gateArbitrageur.ts"
import { gatedWorld, member } from "./kycStage.fixture.ts"
import { actionsOf, actOut } from "./stage.fixture.ts"

const params = { jurisdiction: "us", checkCostFactor: 1, tokens: 0, usd: 1e6, profitUsdMin: 1, tipGwei: 0.5 }
const inside = { "agent-1": member() }
const sceneAt = (gatedUsd: number, changes: Parameters<typeof gatedWorld>[0] = {}) =>
  gatedWorld({ members: inside, heldUsd: 1e6, kyc: { dollarReserveMicros: toMicros(gatedUsd) }, ...changes })
const roundOf = (world: ReturnType<typeof gatedWorld>, changes: Partial<typeof params> = {}) =>
  actOut(gateArbitrageur, { ...params, ...changes })
    .turn(world)
    .actions.filter(({ kind }) => !kind.startsWith("dollar"))

describe("gateArbitrageur", () => {
  it.each([99_500, 100_000, 100_500])("does nothing within both fees (%d)", (usd) => {
    expect(roundOf(sceneAt(usd))).toEqual([])
  })

  it("buys outside, wraps and sells inside where that is dear, and the other way round", () => {
    expect(roundOf(sceneAt(110_000)).map(({ kind }) => kind)).toEqual(["pool.swap", "kyc.wrap", "kyc.swap"])
    expect(roundOf(sceneAt(90_000)).map(({ kind }) => kind)).toEqual(["kyc.swap", "kyc.unwrap", "pool.swap"])
  })

  it.each([110_000, 90_000])("takes the round that earns most, and leaves less than both fees (%d)", (usd) => {
    const world = sceneAt(usd)
    const [main] = tradingPools(world.ledger)
    if (main?.kind !== "pool") throw new Error("no main pool")
    const gated = { tokenWei: world.ledger.kyc.tokenReserveWei, dollarMicros: world.ledger.kyc.dollarReserveMicros }
    const isDear = usd > 100_000
    const profit = (amountIn: bigint) =>
      isDear
        ? gatedSale(gated, "token", saleIn(main, "dollar", amountIn).amountOut).amountOut - amountIn
        : saleIn(main, "token", gatedSale(gated, "dollar", amountIn).amountOut).amountOut - amountIn
    const [first] = roundOf(world)
    const amountIn = first?.kind === "pool.swap" || first?.kind === "kyc.swap" ? first.amountIn : 0n
    expect(fromMicros(profit(amountIn))).toBeGreaterThan(50)
    for (const other of [98n, 102n]) expect(profit((amountIn * other) / 100n)).toBeLessThan(profit(amountIn))
    const through = isDear ? amountOut(amountIn, main.dollarMicros, main.tokenWei) : gatedSale(gated, "dollar", amountIn).amountOut
    const [openAfter, gatedAfter] = isDear
      ? [saleIn(main, "dollar", amountIn).after, gatedSale(gated, "token", through).after]
      : [saleIn(main, "token", through).after, gatedSale(gated, "dollar", amountIn).after]
    if (openAfter.kind !== "pool") throw new Error("no main pool")
    const price = ({ dollarMicros, tokenWei }: typeof gated) => Number(dollarMicros) / Number(tokenWei)
    const ratio = price(gatedAfter) / price(openAfter)
    expect(Math.abs(ratio - 1)).toBeLessThan(0.0062)
    expect(Math.abs(ratio - 1)).toBeGreaterThan(0.0058)
  })

  it("can do nothing before it is verified, and asks for that at once", () => {
    const decision = actOut(gateArbitrageur, params).turn(sceneAt(110_000, { members: {} }))
    expect(decision.actions.map(({ kind }) => kind)).toEqual(["dollar.onRamp", "dollar.redeem", "kyc.request"])
    expect(roundOf(sceneAt(110_000, { members: { "agent-1": member({ isFrozen: true }) } }))).toEqual([])
    expect(roundOf(sceneAt(110_000, { kyc: { isPaused: true, dollarReserveMicros: toMicros(110_000) } }))).toEqual([])
  })

  it("spends no more than it has, and leaves profits that the chain's fees would eat", () => {
    expect(roundOf(sceneAt(110_000, { heldUsd: 100 }))[0]).toMatchObject({ amountIn: toMicros(100) })
    const dear = { ...sceneAt(110_000), gas: { feeUsd: () => 1_000 } }
    expect(roundOf(dear)).toEqual([])
    expect(roundOf(sceneAt(110_000), { profitUsdMin: 1e6 })).toEqual([])
  })

  it("comes after the others' trades of the tick", () => {
    const sale = { kind: "kyc.swap", sell: "token", amountIn: toWei(10_000), amountOutMin: 0n } as const
    const world = sceneAt(110_000, { pending: [{ agent: "ann", action: sale, tipWei: 1_000_000_000n }] })
    // Ann has sold enough to bring the price inside down to the one outside.
    expect(actionsOf(actOut(gateArbitrageur, params).turn(world), "pool.swap")).toEqual([])
  })

  it("sells what earlier rounds left over, and buys back what they took", () => {
    const legs = (world: ReturnType<typeof gatedWorld>, tokens: number) =>
      roundOf(world, { tokens }).map((action) =>
        action.kind === "pool.swap" || action.kind === "kyc.swap" ? [action.kind, action.sell] : [],
      )
    expect(legs(sceneAt(100_000, { heldTokens: 300 }), 100)).toEqual([["pool.swap", "token"]])
    expect(legs(sceneAt(100_000, { heldTokens: 300 }), 500)).toEqual([["pool.swap", "dollar"]])
    expect(legs(sceneAt(100_000, { heldTokens: 300 }), 290)).toEqual([])
    const wrapped = { "agent-1": member({ balanceWei: toWei(300) }) }
    expect(legs(sceneAt(100_000, { members: wrapped }), 0)).toEqual([["kyc.swap", "token"]])
    const [bought] = actionsOf(actOut(gateArbitrageur, { ...params, tokens: 200 }).turn(sceneAt(100_000)), "pool.swap")
    expect(bought!.amountOutMin).toBeGreaterThanOrEqual((toWei(200) * 95n) / 100n)
  })
})
