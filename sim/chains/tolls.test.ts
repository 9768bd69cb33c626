import { Schema } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Actor, namedStreams } from "../actor.ts"
import { moment } from "../clock.ts"
import type { Meter } from "../fees/meter.ts"
import { type Action, type LedgerView, noExtensions, type Receipt } from "../ledger.ts"
import { fromMicros, fromYoctos } from "../units.ts"
import { gasPayments } from "./gasPayments.ts"
import { chainNames, Params } from "./index.ts"
import { charge, freeGas, gasDesk, openTolls, shareOfJobPrice, stepTolls, type Tolls } from "./tolls.ts"

const calendar = { start: "2026-01-01", days: 30, ticksPerDay: 4, epochDays: 1 }
const swap: Meter = { gasUsed: 110_000n, calldata: { zeros: 180n, others: 80n }, encoded: { zeros: 180n, others: 190n }, fastLzBytes: 230n }
const agents = new Set(["ann", "bob"])

const begin = (kind: Exclude<Params["kind"], "free">, params: object = {}): Tolls => {
  const tolls = openTolls(Schema.decodeUnknownSync(Params)({ kind, ...params }))!
  return stepTolls(tolls, { now: moment(calendar, 1), rng: namedStreams("1", "world") }, 500_000n)
}

const receipt = (agent: string, action: Action, meter?: Meter, facts: Receipt["facts"] = []): Receipt => ({
  order: { agent, action, tipWei: 1_000_000_000n },
  status: "ok",
  reason: "",
  facts,
  ...(meter === undefined ? {} : { meter }),
})
const claim: Action = { kind: "rewards.claim" }
const sale: Action = { kind: "pool.swap", sell: "token", amountIn: 1n, amountOutMin: 0n }

describe("tolls", () => {
  it("are none where gas is free", () => {
    expect(openTolls({ kind: "free" })).toBeUndefined()
    expect(gasDesk(undefined)).toBe(freeGas)
    expect(freeGas.feeUsd("rewards.claim")).toBe(0)
  })

  it("charge each transaction to its sender, rounded up, and price the same ones on every kind of chain", () => {
    for (const chain of chainNames) {
      const charged = charge(
        begin(chain),
        [receipt("ann", sale, swap), receipt("ann", sale, swap), receipt("bob", claim, swap)],
        agents,
        0.25,
      )
      const ann = charged.owedMicros.get("ann")!
      expect(ann).toBe(2n * charged.owedMicros.get("bob")!)
      const fixedUsd = chain === "appChain" ? 50 : 0
      expect(Math.abs(fromMicros(ann) * 1.5 - (fromYoctos(charged.tick.all[chain]) - fixedUsd))).toBeLessThan(4e-6)
      expect(charged.owedMicros.get("treasury") ?? 0n).toBe(chain === "appChain" ? 50_000_000n : 0n)
      expect(charged.tick.all).toEqual(
        charge(begin("l1"), [receipt("ann", sale, swap), receipt("ann", sale, swap), receipt("bob", claim, swap)], agents, 0.25).tick.all,
      )
    }
  })

  it("leave out what the issuer and the operator send, and paying for gas itself", () => {
    const passing = charge(
      begin("l1"),
      [
        receipt("ann", { kind: "dollar.onRamp", amountMicros: 5n, purpose: "capital" }, swap),
        receipt("ann", { kind: "dollar.redeem", amountMicros: 5n, purpose: "gas" }, swap),
        receipt("operator", { kind: "venue.post", priceMicros: 5n }, swap),
      ],
      agents,
      0.25,
    )
    expect(passing.tick.all.l1).toBe(0n)
    expect(passing.owedMicros.size).toBe(0)
  })

  it("rank the chains as their prices of 2026 do", () => {
    const { tick } = charge(begin("l1"), [receipt("ann", sale, swap)], agents, 0)
    const usd = (name: keyof typeof tick.all) => fromYoctos(tick.all[name])
    expect(usd("l1")).toBeGreaterThan(0.2)
    expect(usd("l1")).toBeLessThan(3)
    expect(usd("zkRollup")).toBeLessThan(usd("l1") / 3)
    expect(usd("optimisticRollup")).toBeLessThan(0.01)
    expect(usd("sideChain")).toBeLessThan(0.01)
  })

  it("tell agents what an action took on average at the prices of the tick", () => {
    const double: Meter = { ...swap, gasUsed: 3n * swap.gasUsed }
    const tolls = charge(begin("l1"), [receipt("ann", sale, swap), receipt("ann", sale, double)], agents, 0)
    expect(gasDesk(tolls).feeUsd("pool.swap")).toBeCloseTo(fromYoctos(tolls.tick.all.l1) / 2, 9)
    expect(gasDesk(tolls).feeUsd("pool.swap", 9_000_000_000n)).toBeGreaterThan(gasDesk(tolls).feeUsd("pool.swap"))
    expect(gasDesk(tolls).feeUsd("rewards.claim")).toBe(0)
  })

  it("set the fees of a job against what the buyer paid, and give jobs their part of a chain's fixed cost", () => {
    const paid = {
      kind: "market.completed",
      agent: "ann",
      slot: 0,
      provider: "bob",
      paidMicros: 9_000_000n,
      burnFeeMicros: 800_000n,
      treasuryFeeMicros: 200_000n,
    } as Receipt["facts"][number]
    const receipts = [receipt("ann", { kind: "market.complete", slot: 0 }, swap, [paid]), receipt("ann", sale, swap)]
    const tolls = charge(begin("appChain", { fixedUsdPerDay: 4 }), receipts, agents, 0.25)
    expect(shareOfJobPrice(tolls, "l1", 0.25)).toBeCloseTo(fromYoctos(tolls.tick.all.l1) / 2 / 10, 9)
    expect(shareOfJobPrice(tolls, "appChain", 0.25)).toBeCloseTo((fromYoctos(tolls.tick.ofJobs.appChain) + 0.5) / 10, 9)
    expect(shareOfJobPrice(begin("l1"), "l1", 0.25)).toBeNaN()
  })
})

describe("gas payments", () => {
  const actor = (id: string, role: Actor["agent"]["role"]) => ({ id, agent: { role } as Actor["agent"] })
  const view = (balances: Readonly<Record<string, bigint>>) =>
    ({ ...noExtensions, dollar: { supplyMicros: 1_000n, balanceMicros: new Map(Object.entries(balances)) } }) as unknown as LedgerView
  const owing = (owed: Readonly<Record<string, bigint>>): Tolls => ({ ...begin("l1"), owedMicros: new Map(Object.entries(owed)) })
  const morning = moment(calendar, 5)

  it("come once a day, from the purse, and a business brings what it lacks", () => {
    const actors = [actor("ann", "provider"), actor("bob", "trader"), actor("cleo", "buyer")]
    const tolls = owing({ ann: 70n, bob: 50n, cleo: 5n })
    const { orders, view: after } = gasPayments(tolls, actors, morning, view({ ann: 30n, bob: 20n, cleo: 9n }))
    expect(orders.map(({ agent, action }) => [agent, action])).toEqual([
      ["ann", { kind: "dollar.onRamp", amountMicros: 40n, purpose: "capital" }],
      ["ann", { kind: "dollar.redeem", amountMicros: 70n, purpose: "gas" }],
      ["bob", { kind: "dollar.redeem", amountMicros: 20n, purpose: "gas" }],
      ["cleo", { kind: "dollar.redeem", amountMicros: 5n, purpose: "gas" }],
    ])
    expect([...after.dollar.balanceMicros]).toEqual(
      expect.arrayContaining([
        ["ann", 0n],
        ["bob", 0n],
        ["cleo", 4n],
      ]),
    )
    expect(after.dollar.supplyMicros).toBe(945n)
    expect(gasPayments(tolls, actors, moment(calendar, 6), view({})).orders).toEqual([])
    expect(gasPayments(undefined, actors, morning, view({})).orders).toEqual([])
  })

  it("leave as arrears exactly what was charged and not paid", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 100n), fc.bigInt(0n, 100n), (owed, cash) => {
        const { orders } = gasPayments(owing({ bob: owed }), [actor("bob", "trader")], morning, view({ bob: cash }))
        const receipts = orders.map(({ agent, action }) =>
          receipt(agent, action, swap, [
            { kind: "dollar.redeemed", agent, amountMicros: (action as { amountMicros: bigint }).amountMicros, purpose: "gas" },
          ]),
        )
        const left = charge(owing({ bob: owed }), receipts, agents, 0.25).owedMicros.get("bob")!
        expect(left).toBe(owed > cash ? owed - cash : 0n)
      }),
      { seed: 20_261_123 },
    )
  })
})
