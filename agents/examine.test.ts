import { describe, expect, it } from "vitest"
import { namedStreams } from "../sim/actor.ts"
import { noResults } from "../sim/jobs/settlement/disputes.ts"
import { toMicros } from "../sim/units.ts"
import { examine } from "./examine.ts"
import { judge } from "./judge.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const usual = { checkShare: 1, resultCheckUsd: 0.5, misjudgedShareBelieved: 0.1, disputeShare: 0 }
const handed = (count: number, isWrong: boolean, amountUsd = 10) =>
  Array.from({ length: count }, (_, slot) => ({ slot, provider: "gpu-1", amountMicros: toMicros(amountUsd), isWrong }))
const look = (
  delivered: ReturnType<typeof handed>,
  {
    bondShare = 0.25,
    usd = 1e6,
    rulings = { right: 0, wrong: 0 },
    ...params
  }: Partial<typeof usual> & {
    readonly bondShare?: number
    readonly usd?: number
    readonly rulings?: { readonly right: number; readonly wrong: number }
  },
) => {
  const { rules } = calmWorld()
  const world = calmWorld({
    rules: { ...rules, market: { ...rules.market, disputes: { windowHours: 48, bondShare } } },
    ledger: { dollar: { supplyMicros: 0n, balanceMicros: new Map([["ann", toMicros(usd)]]) } },
    deliveries: new Map([["ann", delivered]]),
    results: { ...noResults, rulings: new Map([["ann", rulings]]) },
  })
  return examine({ self: "ann", params: { ...usual, ...params }, world, rng: namedStreams("1", "ann") })
}

describe("a buyer", () => {
  it("disputes what it finds wrong while the bond is below (1 - e) / e payments, e being the share of wrong rulings that it believes in", () => {
    expect(look(handed(3, true), {})).toEqual({ disputed: [0, 1, 2], checksUsd: 1.5 })
    expect(look(handed(3, false), {})).toEqual({ disputed: [], checksUsd: 1.5 })
    expect(look(handed(1, true), { bondShare: 8.9 }).disputed).toEqual([0])
    expect(look(handed(1, true), { bondShare: 9.1 }).disputed).toEqual([])
  })

  it("learns from rulings how often arbiters err", () => {
    // (1 + 9) / 20 are wrong then: the bond may be no more than the payment.
    const rulings = { right: 1, wrong: 9 }
    expect(look(handed(1, true), { bondShare: 0.99, rulings }).disputed).toEqual([0])
    expect(look(handed(1, true), { bondShare: 1.01, rulings }).disputed).toEqual([])
  })

  it("checks a part of the results, and disputes good ones where it is dishonest", () => {
    const many = look(handed(2_000, true), { checkShare: 0.3, bondShare: 0 })
    expect(many.disputed.length / 2_000).toBeCloseTo(0.3, 1)
    expect(many.checksUsd).toBeCloseTo(many.disputed.length * 0.5, 6)
    expect(look(handed(2_000, false), { checkShare: 0, disputeShare: 0.5 }).disputed.length / 2_000).toBeCloseTo(0.5, 1)
  })

  it("keeps to the dollars that it has for bonds", () => {
    expect(look(handed(5, true), { usd: 5.1 }).disputed).toEqual([0, 1])
  })
})

describe("a judge", () => {
  it("rules once on what is disputed, and is wrong as often as it errs", () => {
    const contested = new Map(
      Array.from({ length: 1_000 }, (_, id) => [
        id,
        { buyer: "ann", provider: "gpu-1", amountMicros: 1n, decidesAtSeconds: 2e9, isWrong: id % 2 === 0 },
      ]),
    )
    const world = calmWorld({ results: { ...noResults, contested } })
    const own = actOut(judge, { errorShare: 0.2, caseUsd: 0.5 })
    const first = own.turn(world)
    const rulings = actionsOf(first, "disputes.rule")
    expect(rulings.length).toBe(1_000)
    expect(rulings.filter(({ id, isRefund }) => isRefund !== (id % 2 === 0)).length / 1_000).toBeCloseTo(0.2, 1)
    expect(actionsOf(first, "dollar.redeem")).toEqual([{ kind: "dollar.redeem", amountMicros: toMicros(500), purpose: "checks" }])
    expect(own.turn(world).actions).toEqual([])
  })
})
