import { describe, expect, it } from "vitest"
import type { Action, Order } from "../sim/ledger.ts"
import { liquidityFor, positionAmounts } from "../sim/protocols/pool3/positionAmounts.ts"
import { usdPerTokenAt, usdPerTokenAtTick } from "../sim/protocols/pool3/price.ts"
import { widestTicks } from "../sim/protocols/pool3/tick.ts"
import { fromMicros, fromWei, toMicros, toWei } from "../sim/units.ts"
import { valueUsd } from "./purse.ts"
import { rangeProvider } from "./rangeProvider.ts"
import { rangeStage } from "./rangeStage.fixture.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const params = {
  pool: "p",
  usd: 10_000,
  strategy: { kind: "full" } as Record<string, unknown> & { kind: string },
  compoundDays: 7,
  yieldPerYearMin: -10,
  memoryDays: 7,
  patienceDays: 3,
  slippageShareMax: 0.01,
}
type Changes = Partial<typeof params>
const full = { tokenWei: toWei(10_000), dollarMicros: toMicros(5_000) }
const fixed = { kind: "fixed", lowRatio: 0.8, highRatio: 1.25 }
const recentre = { kind: "recentre", widthRatio: 1.1, edgeShare: 1 }
const justInTime = { kind: "justInTime", widthRatio: 1.01, profitUsdMin: 1 }

/** Ticks of an agent on a stage, with what happens to the pool before each of its turns. */
const live = (
  changes: Changes,
  ticks: number,
  between: (stage: ReturnType<typeof rangeStage>, tick: number) => void = () => {},
  tokenFirst = true,
  feeUsd = 0,
) => {
  const stage = rangeStage(full, 3_000, tokenFirst)
  const agent = actOut(rangeProvider, { ...params, ...changes })
  const decisions = Array.from({ length: ticks }, (_, index) => {
    const decision = agent.turn({ ...stage.world(index + 1), gas: { feeUsd: () => feeUsd } })
    stage.carryOut(decision.actions)
    between(stage, index + 1)
    return decision
  })
  const kindsAt = (tick: number) => decisions[tick - 1]!.actions.map(({ kind }) => kind)
  const first = (kind: Action["kind"], from = 1) =>
    decisions.findIndex(({ actions }, index) => index + 1 >= from && actions.some((action) => action.kind === kind)) + 1
  return { stage, decisions, kindsAt, first }
}
const pricesOf = (stage: ReturnType<typeof rangeStage>) => {
  const [[, position] = [0n, undefined]] = stage.own()
  return [position!.tickLower, position!.tickUpper].map((tick) => usdPerTokenAtTick(tick, stage.pool().tokenFirst)).sort((a, b) => a - b)
}

describe("range provider", () => {
  it("brings its capital, half of it in tokens", () => {
    expect(rangeProvider.endow({ ...params, strategy: { kind: "full" } }, calmWorld().rules, () => undefined as never)).toEqual({
      tokens: 10_000,
      usd: 5_000,
    })
  })

  it.each([true, false])("begins with everything in a full range (token first: %s)", (tokenFirst) => {
    const { stage, kindsAt } = live({}, 2, undefined, tokenFirst)
    expect([kindsAt(1), kindsAt(2)]).toEqual([["pool3.mint"], []])
    expect(stage.own()[0]![1]).toMatchObject(widestTicks(60))
    expect(valueUsd(stage.purse(), 0.5)).toBeLessThan(1)
  })

  it.each([true, false])("keeps a fixed range to the opening price (token first: %s)", (tokenFirst) => {
    const { stage } = live({ strategy: fixed }, 1, undefined, tokenFirst)
    const [low, high] = pricesOf(stage)
    // The ends lie on the pool's grid of 0.6 %, outwards.
    expect(low! / 0.4).toBeCloseTo(0.997, 2)
    expect(low).toBeLessThanOrEqual(0.4)
    expect(high! / 0.625).toBeCloseTo(1.003, 2)
    expect(high).toBeGreaterThanOrEqual(0.625)
    expect(valueUsd(stage.purse(), 0.5) / 10_000).toBeLessThan(0.02)
  })

  it("swaps first where the range needs other parts than it has, in another pool", () => {
    const { stage, decisions } = live({ strategy: { ...fixed, lowRatio: 0.95, highRatio: 2 } }, 1)
    const [swap] = decisions[0]!.actions
    // A range that is mostly above the price is mostly tokens.
    expect(swap).toMatchObject({ kind: "pool.swap", sell: "dollar" })
    expect(valueUsd(stage.purse(), 0.5) / 10_000).toBeLessThan(0.02)
  })

  it("accepts no worse a price in its swaps than it says", () => {
    const minimum = (slippageShareMax: number) => {
      const [swap] = live({ strategy: { ...fixed, lowRatio: 0.95, highRatio: 2 }, slippageShareMax }, 1).decisions[0]!.actions
      return swap?.kind === "pool.swap" || swap?.kind === "pool3.swap" ? Number(swap.amountOutMin) : NaN
    }
    expect(minimum(0.02) / minimum(0)).toBeCloseTo(0.98, 4)
  })

  it("collects and puts in again what it has earned, as often as it says", () => {
    const churned = (compoundDays: number) => live({ compoundDays }, 4 * 30, (stage) => stage.churn(20_000))
    const weekly = churned(7)
    const daysOf = ({ decisions }: typeof weekly) =>
      decisions.flatMap(({ actions }, index) => (actions.some(({ kind }) => kind === "pool3.increase") ? [index / 4] : []))
    expect(daysOf(weekly)).toEqual([7, 14, 21, 28])
    expect(daysOf(churned(1))).toHaveLength(29)
    expect(weekly.stage.worthUsd()).toBeGreaterThan(10_050)
    expect(churned(1).stage.own()[0]![1].liquidity).toBeGreaterThan(churned(365).stage.own()[0]![1].liquidity)
  })

  it("leaves its earnings where they are while putting them to work costs more", () => {
    const compounds = (feeUsd: number) =>
      live({ compoundDays: 2 }, 40, (stage) => stage.churn(20_000), true, feeUsd).first("pool3.increase", 2) > 0
    expect([compounds(0), compounds(1000)]).toEqual([true, false])
  })

  it("waits with a fixed range that the price has left", () => {
    const { stage, first } = live({ strategy: fixed }, 4 * 10, (at, tick) => tick === 8 && at.moveTo(0.7))
    expect(first("pool3.decrease")).toBe(0)
    expect(stage.own()).toHaveLength(1)
    expect(fromWei(positionAmounts(stage.pool(), stage.own()[0]![1], stage.own()[0]![1].liquidity).tokenWei)).toBe(0)
  })

  it("follows the price when it leaves the range, with a swap to the parts that it needs", () => {
    const { stage, kindsAt, first } = live({ strategy: recentre }, 16, (at, tick) => tick === 8 && at.moveTo(0.6))
    expect(first("pool3.decrease")).toBe(9)
    expect(kindsAt(10)).toEqual(["pool.swap", "pool3.mint"])
    const [low, high] = pricesOf(stage)
    expect(Math.sqrt(low! * high!) / usdPerTokenAt(stage.pool())).toBeCloseTo(1, 1)
    expect(high! / low!).toBeCloseTo(1.21, 1)
    expect(valueUsd(stage.purse(), 0.6) / stage.worthUsd()).toBeLessThan(0.02)
  })

  it("follows sooner when it is told to, and keeps a range as wide as it is told", () => {
    const moved = (edgeShare: number) =>
      live({ strategy: { ...recentre, edgeShare } }, 12, (at, tick) => tick === 8 && at.moveTo(0.53)).first("pool3.decrease")
    expect(moved(1)).toBe(0)
    expect(moved(0.5)).toBe(9)
    const [low, high] = pricesOf(live({ strategy: { ...recentre, widthRatio: 1.5 } }, 1).stage)
    expect(high! / low!).toBeCloseTo(2.25, 1)
  })

  it("refuses a pool that is not there", () => {
    expect(() => actOut(rangeProvider, { ...params, pool: "q" }).turn(rangeStage(full).world(1))).toThrow("unknown pool: q")
  })
})

describe("range provider and its yield", () => {
  /** Every day the price jumps up or back, and somebody trades there and back. */
  const market = (move: number, churnUsd: number) => (stage: ReturnType<typeof rangeStage>, tick: number) => {
    if (tick % 4 !== 0) return
    stage.moveTo(tick % 8 === 0 ? 0.5 : 0.5 * (1 + move))
    if (churnUsd > 0) stage.churn(churnUsd)
  }

  it("stays while fees pay for the loss that volatility makes it expect", () => {
    expect(live({ yieldPerYearMin: 0 }, 4 * 40, market(0.02, 20_000)).first("pool3.decrease")).toBe(0)
  })

  it("leaves when volatility eats the fees, but not before its patience ends, and comes back when the pool pays again", () => {
    const left = live({ yieldPerYearMin: 0 }, 4 * 60, (stage, tick) =>
      market(tick < 4 * 20 ? 0.2 : 0, tick < 4 * 20 ? 0 : 40_000)(stage, tick),
    )
    const day = Math.floor(left.first("pool3.decrease") / 4)
    expect(day).toBeGreaterThan(3)
    expect(day).toBeLessThan(10)
    expect(left.first("pool3.mint", 4 * day)).toBeGreaterThan(4 * 20)
    expect(live({ yieldPerYearMin: 0, patienceDays: 12 }, 4 * 18, market(0.2, 0)).first("pool3.decrease")).toBeGreaterThan(4 * 12)
  })

  it("stays longer when it wants less, and remembers good days longer with a longer memory", () => {
    expect(live({ yieldPerYearMin: -10 }, 4 * 40, market(0.05, 0)).first("pool3.decrease")).toBe(0)
    const turned = (memoryDays: number) =>
      live({ yieldPerYearMin: 0, memoryDays, patienceDays: 0 }, 4 * 60, (stage, tick) =>
        market(tick < 4 * 15 ? 0.01 : 0.2, tick < 4 * 15 ? 40_000 : 0)(stage, tick),
      ).first("pool3.decrease")
    expect(turned(30)).toBeGreaterThan(turned(1))
  })

  it("weighs a narrow range more: the same market drives it out where the full range stays", () => {
    const calm = market(0.03, 0)
    expect(live({ yieldPerYearMin: -0.1 }, 4 * 30, calm).first("pool3.decrease")).toBe(0)
    expect(live({ yieldPerYearMin: -0.1, strategy: fixed }, 4 * 30, calm).first("pool3.decrease")).toBeGreaterThan(0)
  })

  it("counts what its own swaps cost: who must follow too often gives up", () => {
    // The fees make up for the volatility, not for a swap a day.
    const jumpy = market(0.05, 30_000)
    const leaves = (edgeShare: number) =>
      live({ yieldPerYearMin: 0, strategy: { kind: "recentre", widthRatio: 1.12, edgeShare } }, 4 * 30, jumpy).decisions.at(-1)!
    const [patient, nervous] = [leaves(1), leaves(0.2)].map(({ memory }) => memory as { readonly costPerDay: number })
    expect(nervous!.costPerDay).toBeGreaterThan(patient!.costPerDay)
  })
})

describe("range provider just in time", () => {
  const swapOrder = (agent: string, amountIn: bigint, sell: "token" | "dollar" = "dollar", tipWei = 1_000_000_000n): Order => ({
    agent,
    tipWei,
    action: { kind: "pool3.swap", pool: "p", sell, amountIn, amountOutMin: 0n, limitSqrtPriceX96: 0n },
  })
  const purse = { tokenWei: toWei(200_000), dollarMicros: toMicros(100_000) }
  const decideOn = (pending: ReadonlyArray<Order>, strategy: Partial<typeof justInTime> = {}, at = rangeStage(purse), reference = 0.5) =>
    actOut(rangeProvider, { ...params, strategy: { ...justInTime, ...strategy } }).turn(at.world(10, pending, reference))

  it("puts everything around the price right before a large swap, and takes it out right after", () => {
    const stage = rangeStage(purse)
    const decision = decideOn([swapOrder("whale-1", toMicros(20_000))], {}, stage)
    const [mint] = actionsOf(decision, "pool3.mint")
    expect([decision.tipWei, decision.closing!.tipWei]).toEqual([1_000_000_001n, 999_999_999n])
    const [decrease] = decision.closing!.actions
    expect(decrease).toEqual({ kind: "pool3.decrease", pool: "p", positionId: 2n, liquidity: liquidityFor(stage.pool(), mint!, purse) })

    const before = stage.worthUsd()
    const feesBefore = stage.pool().positions.get(1n)!.owedDollarMicros
    stage.carryOut(decision.actions)
    stage.swap("dollar", toMicros(20_000))
    const [takenOut, hedge] = decision.closing!.actions
    stage.carryOut([takenOut!])
    expect(stage.own()).toEqual([])
    expect(hedge).toEqual({ kind: "venue.trade", sell: "dollar", tokenWei: purse.tokenWei - stage.purse().tokenWei })
    // Its capital in a range of one per cent is thirty times the liquidity of the rest of the pool.
    const feeUsd = 20_000 * 0.003
    expect(fromMicros(stage.pool().positions.get(1n)!.owedDollarMicros - feesBefore) / feeUsd).toBeLessThan(0.1)
    expect(valueUsd(stage.purse(), 0.5) - before).toBeGreaterThan(0.8 * feeUsd)
  })

  it("leaves small swaps alone, and those of who knows better", () => {
    expect(decideOn([swapOrder("retail-1", toMicros(100))]).actions).toEqual([])
    expect(decideOn([swapOrder("retail-1", toMicros(1_000))]).closing).toBeDefined()
    expect(decideOn([swapOrder("retail-1", toMicros(1_000))], { profitUsdMin: 50 }).closing).toBeUndefined()
    // Somebody buys at 50 cents what is worth 55.
    expect(decideOn([swapOrder("arbitrageur-1", toMicros(20_000))], {}, rangeStage(purse), 0.55).closing).toBeUndefined()
  })

  it("a narrower range takes more of the fee", () => {
    const gain = (widthRatio: number) => {
      const stage = rangeStage(purse)
      const decision = decideOn([swapOrder("whale-1", toMicros(2_000))], { widthRatio, profitUsdMin: 0 }, stage)
      stage.carryOut(decision.actions)
      stage.swap("dollar", toMicros(2_000))
      stage.carryOut(decision.closing!.actions.slice(0, 1))
      return valueUsd(stage.purse(), 0.5)
    }
    expect(gain(1.01)).toBeGreaterThan(gain(1.5))
  })

  it("reckons with the swaps that come before, to the unit, and with the positions", () => {
    const stage = rangeStage(purse)
    const first = swapOrder("a", toMicros(30_000), "dollar", 10_000_000_000n)
    const mint: Order = {
      agent: "b",
      tipWei: 5_000_000_000n,
      action: { kind: "pool3.mint", pool: "q", tickLower: 0, tickUpper: 60, tokenWei: 1n, dollarMicros: 1n },
    }
    const decision = decideOn([mint, swapOrder("retail-1", toWei(40_000), "token"), first], {}, stage, 0.56)
    const [decrease] = decision.closing!.actions
    stage.swap("dollar", toMicros(30_000))
    stage.carryOut(decision.actions)
    expect(decrease).toMatchObject({ positionId: 3n, liquidity: stage.own()[0]![1].liquidity })
  })

  it("is not misled by other pools, and does nothing when nothing is pending", () => {
    const elsewhere: Order = {
      agent: "x",
      tipWei: 1n,
      action: { kind: "pool3.swap", pool: "q", sell: "token", amountIn: 10n ** 24n, amountOutMin: 0n, limitSqrtPriceX96: 0n },
    }
    expect(decideOn([elsewhere]).actions).toEqual([])
    expect(decideOn([]).actions).toEqual([])
  })

  it("closes in the next tick what it could not take out", () => {
    const stage = rangeStage(purse)
    stage.carryOut(decideOn([swapOrder("whale-1", toMicros(20_000))], {}, stage).actions)
    const decision = decideOn([swapOrder("whale-1", toMicros(20_000))], {}, stage)
    expect(decision.actions).toEqual([{ kind: "pool3.decrease", pool: "p", positionId: 2n, liquidity: stage.own()[0]![1].liquidity }])
    expect(decision.closing).toBeUndefined()
  })

  it("squares at the outside market when it has too little of one coin", () => {
    const squaring = (tokens: number, usd: number) =>
      decideOn([], {}, rangeStage({ tokenWei: toWei(tokens), dollarMicros: toMicros(usd) })).actions
    expect(squaring(10_000, 195_000)).toEqual([{ kind: "venue.trade", sell: "dollar", tokenWei: toWei(190_000) }])
    expect(squaring(390_000, 5_000)).toEqual([{ kind: "venue.trade", sell: "token", tokenWei: toWei(190_000) }])
    expect(squaring(210_000, 95_000)).toEqual([])
  })
})
