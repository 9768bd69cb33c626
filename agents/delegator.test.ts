import { describe, expect, test } from "vitest"
import type { Delegation, Indexer } from "../sim/protocols/graph.ts"
import { yieldFollowed } from "../sim/protocols/delegationYield.ts"
import { noGraph } from "../sim/protocols/graph.ts"
import { toWei } from "../sim/units.ts"
import { delegator } from "./delegator.ts"
import { actionOf, decideAs, graphRules, graphWorld, indexerWith, kindsOf } from "./graph.fixture.ts"

const params = {
  tokens: 1_000,
  arrivalDay: 0,
  reviewDays: 7,
  yieldPerYearMin: 0.01,
  horizonDays: 180,
  slashFear: 0,
  indexersMax: 1,
}

const play = (
  indexers: Record<string, Indexer>,
  { tokens = 0, own = {}, rules = {} }: { tokens?: number; own?: Record<string, Delegation>; rules?: Partial<typeof graphRules> } = {},
  changes: Partial<typeof params> = {},
) =>
  decideAs<{ nextReviewDay: number }>(
    delegator,
    "me",
    { ...params, ...changes },
    graphWorld(
      { indexers: new Map(Object.entries(indexers)), delegations: new Map([["me", new Map(Object.entries(own))]]) },
      { purses: { me: [tokens, 0] }, rules },
    ),
  )

const shares = (count: number, changes: Partial<Delegation> = {}): Delegation => ({
  shares: toWei(count),
  thawingWei: 0n,
  thawedAtEpoch: 0,
  ...changes,
})

describe("a delegator", () => {
  test("looks for the yield and not for the cut: of two with the same cut, the one with more stake of its own leaves more", () => {
    const indexers = { small: indexerWith(20_000, 20_000), large: indexerWith(80_000, 20_000) }
    expect(actionOf(play(indexers, { tokens: 1_000 }), "graph.delegate")).toMatchObject({ indexer: "large", amountWei: toWei(1_000) })
  })

  test("counts its own tokens in, and what no stake carries", () => {
    const indexers = { small: indexerWith(10_000, 39_000, { cutPpm: 200_000 }), large: indexerWith(80_000, 80_000, { cutPpm: 550_000 }) }
    const chosen = (tokens: number) => actionOf(play(indexers, { tokens }), "graph.delegate")!.indexer
    expect([100, 50_000].map(chosen)).toEqual(["small", "large"])
    expect(play({ none: indexerWith(9_000, 0) }, { tokens: 1_000 }).actions).toEqual([])
  })

  test("spreads over several, comes on its day, and looks again after its days", () => {
    const indexers = { a: indexerWith(20_000, 20_000), b: indexerWith(30_000, 20_000), c: indexerWith(10_000, 20_000) }
    const spread = play(indexers, { tokens: 1_000 }, { indexersMax: 2 })
    expect(spread.actions).toEqual(["b", "a"].map((indexer) => ({ kind: "graph.delegate", indexer, amountWei: toWei(500) })))
    expect(spread.memory.nextReviewDay).toBe(17)
    expect(play(indexers, { tokens: 1_000 }, { reviewDays: 3 }).memory.nextReviewDay).toBe(13)
    expect(play(indexers, { tokens: 1_000 }, { arrivalDay: 11 }).actions).toEqual([])
    expect(play(indexers, { tokens: 1_000 }, { yieldPerYearMin: 50 }).actions).toEqual([])
    expect(play(indexers, { tokens: 1_000, rules: { delegationTaxShare: 1 } }, { horizonDays: 1 }).actions).toEqual([])
  })

  test("moves when it gains more than tax and idle time, and does not believe in whoever was slashed as much as it fears", () => {
    const here = (cutPpm: number) => ({
      here: indexerWith(20_000, 20_000, { cutPpm, slashes: 1 }),
      there: indexerWith(20_000, 20_000),
    })
    const own = { here: shares(1_000) }
    const moved = (cutPpm: number, changes: Partial<typeof params> = {}) => kindsOf(play(here(cutPpm), { own }, changes))
    expect(moved(420_000)).toEqual([])
    expect(moved(700_000)).toEqual(["graph.undelegate"])
    expect(moved(700_000, { horizonDays: 20 })).toEqual([])
    expect(moved(420_000, { slashFear: 0.6 })).toEqual(["graph.undelegate"])
    expect(moved(420_000, { yieldPerYearMin: 50 })).toEqual(["graph.undelegate"])
  })

  test("takes what is thawed, and leaves alone what thaws", () => {
    const indexers = { here: indexerWith(20_000, 20_000, { cutPpm: 1_000_000 }), there: indexerWith(20_000, 20_000) }
    const thawing = (thawedAtEpoch: number) =>
      play(indexers, { own: { here: shares(500, { thawingWei: toWei(500), thawedAtEpoch }) } }).actions
    expect(thawing(20)).toEqual([{ kind: "graph.withdrawDelegated", indexer: "here" }])
    expect(thawing(21)).toEqual([])
  })
})

test("delegation is where yield would put it when all earn the same, and a half of it is not when one of two indexers pays nothing", () => {
  const followed = (cutPpm: number) =>
    yieldFollowed(
      {
        ...noGraph,
        indexers: new Map([
          ["a", indexerWith(20_000, 20_000)],
          ["b", indexerWith(20_000, 20_000, { cutPpm })],
        ]),
      },
      graphRules,
    )
  expect(followed(400_000)).toBeCloseTo(1, 12)
  expect(followed(1_000_000)).toBeCloseTo(0.5, 12)
})
