import { describe, expect, test } from "vitest"
import { cutFor, delegationYieldPerYear } from "../sim/protocols/delegationYield.ts"
import { type Allocation, type Indexer, noGraph, proofOf } from "../sim/protocols/graph.ts"
import { fromWei, toWei } from "../sim/units.ts"
import { actionOf, decideAs, graphRules, graphWorld, indexerWith, kindsOf } from "./graph.fixture.ts"
import { indexer } from "./indexer.ts"

const params = {
  stakeTokens: 20_000,
  usd: 1_000,
  costUsdPerDay: 10,
  feeShare: 0.2,
  feeStepShare: 0.02,
  reviewDays: 7,
  allocationEpochs: 7,
  lazyShare: 0,
  caughtShareBelieved: 0.02,
  errorShare: 0,
  yieldPerYearMin: 0,
  patienceDays: 30,
  sellShare: 0.5,
  slippageShareMax: 0.05,
}

interface Memory {
  readonly lazy: ReadonlySet<string>
  readonly lazyClosed: number
  readonly feeShare: number
  readonly reviewedDay: number
  readonly poorDays: number
  readonly isLeaving: boolean
  readonly opened: number
}

const allocation = (epoch: number, tokens: number): Allocation => ({ indexer: "me", subgraph: "busy", amountWei: toWei(tokens), epoch })
const play = (
  {
    own = indexerWith(20_000, 10_000),
    others = {},
    allocations = {},
    purse = [0, 1_000] as const,
    rules = {},
  }: {
    own?: Indexer
    others?: Record<string, Indexer>
    allocations?: Record<string, Allocation>
    purse?: readonly [number, number]
    rules?: Partial<typeof graphRules>
  },
  changes: Partial<typeof params> = {},
  memory: Partial<Memory> = {},
) =>
  decideAs<Memory>(
    indexer,
    "me",
    { ...params, ...changes },
    graphWorld(
      { indexers: new Map(Object.entries({ me: own, ...others })), allocations: new Map(Object.entries(allocations)) },
      { purses: { me: purse }, rules },
    ),
    { reviewedDay: 10, ...memory },
  )

describe("an indexer", () => {
  test("begins with its stake, a payout to its wallet and a cut", () => {
    const world = graphWorld({}, { purses: { me: [20_000, 0] } })
    expect(kindsOf(decideAs(indexer, "me", params, world))).toEqual(["graph.stake", "graph.payOut", "graph.setCut"])
    const poor = graphWorld({}, { purses: { me: [9_999, 0] } })
    expect(kindsOf(decideAs(indexer, "me", params, poor))).toEqual([])
    expect(decideAs(indexer, "me", params, { ...world, rules: { ...world.rules, graph: undefined as never } }).actions).toEqual([])
  })

  test("allocates its own and the delegated tokens where a token earns most, and no more than its stake carries", () => {
    expect(actionOf(play({}), "graph.allocate")).toMatchObject({ allocation: "me/0", subgraph: "busy", amountWei: toWei(30_000) })
    expect(actionOf(play({ own: indexerWith(20_000, 500_000) }), "graph.allocate")!.amountWei).toBe(toWei(100_000))
    expect(actionOf(play({ own: indexerWith(9_999, 500_000) }), "graph.allocate")).toBeUndefined()
  })

  test("closes an old allocation with the proof of its work and opens the next one in its place", () => {
    const own = indexerWith(20_000, 10_000, { allocatedWei: toWei(30_000) })
    const decision = play({ own, allocations: { "me/0": allocation(13, 30_000) } }, {}, { opened: 1 })
    expect(actionOf(decision, "graph.close")).toMatchObject({ allocation: "me/0", proof: proofOf("busy", "me/0") })
    expect(actionOf(decision, "graph.allocate")).toMatchObject({ allocation: "me/1", amountWei: toWei(30_000) })
    expect(kindsOf(play({ own, allocations: { "me/0": allocation(14, 30_000) } }))).not.toContain("graph.close")
    expect(kindsOf(play({ own, allocations: { "me/0": allocation(14, 30_000) } }, { allocationEpochs: 6 }))).toContain("graph.close")
    const wrong = play({ own, allocations: { "me/0": allocation(13, 30_000) } }, { errorShare: 1 })
    expect(actionOf(wrong, "graph.close")!.proof).not.toBe(proofOf("busy", "me/0"))
  })

  test("is lazy where a false proof costs less than the work, as far as it knows, and neither works nor pays then", () => {
    // A week's work is 70 USD; a slash is 250.
    const isLazy = (caughtShareBelieved: number, memory: Partial<Memory> = {}, slashes = 0) =>
      play({ own: indexerWith(20_000, 10_000, { slashes }) }, { lazyShare: 1, caughtShareBelieved }, memory).memory.lazy.has("me/0")
    expect(isLazy(0.27)).toBe(true)
    expect(isLazy(0.29)).toBe(false)
    expect(isLazy(0.2, { lazyClosed: 20 }, 8)).toBe(false)
    expect(isLazy(0.2, { lazyClosed: 40 }, 8)).toBe(true)
    expect(play({}, { lazyShare: 0 }).memory.lazy.size).toBe(0)

    const own = indexerWith(20_000, 10_000, { allocatedWei: toWei(30_000) })
    const working = { own, allocations: { "me/0": allocation(13, 30_000) } }
    expect(actionOf(play(working), "dollar.redeem")!.amountMicros).toBe(10_000_000n)
    const lazy = play(working, {}, { lazy: new Set(["me/0"]) })
    expect(actionOf(lazy, "dollar.redeem")).toBeUndefined()
    expect(actionOf(lazy, "graph.close")!.proof).not.toBe(proofOf("busy", "me/0"))
    expect(lazy.memory).toMatchObject({ lazyClosed: 1 })
  })

  test("sells a part of its rewards and stakes the rest, and its owner pays what it has no cash for", () => {
    const own = indexerWith(20_000, 10_000, { allocatedWei: toWei(30_000) })
    const allocations = { "me/0": allocation(19, 30_000) }
    const decision = play({ own, allocations, purse: [400, 4] }, { sellShare: 0.75 })
    expect(kindsOf(decision)).toEqual(["dollar.onRamp", "dollar.redeem", "pool.swap", "graph.stake"])
    expect(actionOf(decision, "dollar.onRamp")!.amountMicros).toBe(6_000_000n)
    expect(actionOf(decision, "pool.swap")).toMatchObject({ sell: "token", amountIn: toWei(300) })
    expect(actionOf(decision, "graph.stake")!.amountWei).toBe(toWei(100))
    expect(actionOf(play({ own, allocations, purse: [400, 40] }, { sellShare: 0 }), "graph.stake")!.amountWei).toBe(toWei(400))
    // A pool of a million tokens takes no more without slipping further.
    const careful = play({ own, allocations, purse: [50_000, 40] }, { sellShare: 1, slippageShareMax: 0.01 })
    expect(fromWei(actionOf(careful, "pool.swap")!.amountIn)).toBeLessThan(8_000)
  })

  test("takes less of the delegators' rewards while others pay more, and more while it pays more", () => {
    const review = (cutPpm: number) =>
      play({ own: indexerWith(20_000, 20_000, { cutPpm }), others: { you: indexerWith(20_000, 20_000) } }, {}, { reviewedDay: 3 })
    expect(review(500_000).memory.feeShare).toBeCloseTo(0.18, 12)
    expect(review(300_000).memory.feeShare).toBeCloseTo(0.22, 12)
    // Own stake and delegations are equal: half of the rewards, and of the other half the fee.
    expect(actionOf(review(300_000), "graph.setCut")!.cutPpm).toBe(610_000)
    const full = indexerWith(20_000, 80_000, { cutPpm: 900_000 })
    expect(play({ own: full, others: { you: indexerWith(20_000, 20_000) } }, {}, { reviewedDay: 3 }).memory.feeShare).toBeCloseTo(0.22, 12)
    expect(actionOf(play({}, {}, { reviewedDay: 4 }), "graph.setCut")).toBeUndefined()
    expect(
      actionOf(play({ others: { you: indexerWith(20_000, 20_000) } }, { reviewDays: 6 }, { reviewedDay: 4 }), "graph.setCut"),
    ).toBeDefined()
  })

  test("with its cut keeps its own stake's reward and the fee of what is delegated", () => {
    const own = indexerWith(20_000, 60_000)
    const cutPpm = Math.round(1e6 * cutFor(own, graphRules, 0.2))
    const view = { ...noGraph, indexers: new Map([["me", { ...own, cutPpm }]]) }
    // Of 80,000 tokens' reward each earns the same, and the delegators' keep four fifths of theirs.
    expect(delegationYieldPerYear(view, graphRules, { ...own, cutPpm })).toBeCloseTo((0.8 * 1_000 * 365) / 80_000, 6)
  })

  test("leaves when the stake has earned too little for too long, and takes it when it is thawed", () => {
    const dear = { costUsdPerDay: 1_000 }
    expect(play({}, dear, { poorDays: 29 }).memory).toMatchObject({ poorDays: 30, isLeaving: false })
    expect(play({}, dear, { poorDays: 30 }).memory.isLeaving).toBe(true)
    expect(play({}, { yieldPerYearMin: 50 }, { poorDays: 30 }).memory.isLeaving).toBe(true)
    expect(play({}, {}, { poorDays: 30 }).memory).toMatchObject({ poorDays: 0, isLeaving: false })

    const own = indexerWith(20_000, 0, { allocatedWei: toWei(20_000) })
    const closing = play({ own, allocations: { "me/0": allocation(18, 20_000) } }, {}, { isLeaving: true })
    expect(kindsOf(closing)).toEqual(["graph.close", "graph.unstake"])
    // In its first epoch an allocation stays open, and the stake in it.
    expect(kindsOf(play({ own, allocations: { "me/0": allocation(20, 20_000) } }, {}, { isLeaving: true }))).toEqual([])
    const thawing = (thawedAtBlock: number) =>
      kindsOf(play({ own: indexerWith(20_000, 0, { thawingWei: toWei(20_000), thawedAtBlock }) }, {}, { isLeaving: true }))
    expect(thawing(1_000)).toEqual(["graph.withdraw"])
    expect(thawing(1_001)).toEqual([])
  })
})
