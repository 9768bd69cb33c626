import { describe, expect, it } from "vitest"
import { toMicros, toWei } from "../sim/units.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"
import { whale } from "./whale.ts"

const params = {
  budgetUsd: 1000,
  accumulateDays: 1,
  dumpDays: 0.5,
  startDay: 1,
  takeProfitRatio: 1.2,
  stopLossRatio: 0.8,
  slippageShareMax: 0.05,
}
const self = "agent-1"
const at = (tick: number, price: number, tokens: number, usd: number) =>
  calmWorld({
    tick,
    ledger: {
      pool: { tokenReserveWei: toWei(1_000_000), dollarReserveMicros: toMicros(1_000_000 * price), totalShares: 1n, shares: new Map() },
      token: { supplyWei: 0n, balanceWei: new Map([[self, toWei(tokens)]]) },
      dollar: { supplyMicros: 0n, balanceMicros: new Map([[self, toMicros(usd)]]) },
    },
  })
/** A whale that has just bought 2,000 tokens for 1,000 USD. */
const loaded = () => {
  const agent = actOut(whale, params, self)
  agent.turn(at(5, 0.5, 0, 0))
  for (let slice = 0; slice < 4; slice++) agent.turn(at(6 + slice, 0.5, slice * 500, 1000 - slice * 250))
  agent.turn(at(10, 0.5, 2000, 0))
  return agent
}

describe("whale", () => {
  it("waits for its day, wires its budget, and buys it in equal slices", () => {
    const agent = actOut(whale, params, self)
    expect(agent.turn(at(1, 0.5, 0, 0)).actions).toEqual([])
    expect(actionsOf(agent.turn(at(5, 0.5, 0, 0)), "dollar.onRamp")[0]!.amountMicros).toBe(toMicros(1000))
    const slices = Array.from({ length: 4 }, (_, slice) => actionsOf(agent.turn(at(6 + slice, 0.5, 0, 1000 - slice * 250)), "pool.swap")[0])
    expect(slices.map((swap) => [swap?.sell, swap?.amountIn])).toEqual(Array.from({ length: 4 }, () => ["dollar", toMicros(250)]))
    expect(agent.turn(at(10, 0.5, 2000, 0)).actions).toEqual([])
  })

  it("holds between its limits", () => {
    const agent = loaded()
    for (const [index, price] of [0.45, 0.55, 0.59, 0.41].entries()) expect(agent.turn(at(11 + index, price, 2000, 0)).actions).toEqual([])
  })

  it.each([0.61, 0.39])("dumps everything in a few slices when the price leaves its limits (%d)", (price) => {
    const agent = loaded()
    agent.turn(at(11, price, 2000, 0))
    const first = actionsOf(agent.turn(at(12, price, 2000, 0)), "pool.swap")[0]!
    const last = actionsOf(agent.turn(at(13, price, 1000, 600)), "pool.swap")[0]!
    expect([first.sell, first.amountIn, last.amountIn]).toEqual(["token", toWei(1000), toWei(1000)])
    expect(actionsOf(agent.turn(at(14, price, 0, 1200)), "dollar.redeem")[0]!.amountMicros).toBe(toMicros(1200))
  })

  it("begins again only below the price at which it sold", () => {
    const agent = loaded()
    agent.turn(at(11, 0.61, 2000, 0))
    agent.turn(at(12, 0.61, 0, 1200))
    expect(agent.turn(at(13, 0.7, 0, 0)).actions).toEqual([])
    expect(actionsOf(agent.turn(at(14, 0.5, 0, 0)), "dollar.onRamp")).toHaveLength(1)
  })
})
