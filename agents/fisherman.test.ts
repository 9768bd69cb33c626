import { describe, expect, test } from "vitest"
import { type Closing, type Dispute, proofOf } from "../sim/protocols/graph.ts"
import { toWei } from "../sim/units.ts"
import { arbitrator } from "./arbitrator.ts"
import { fisherman } from "./fisherman.ts"
import { actionOf, decideAs, type graphRules, graphWorld, indexerWith, kindsOf } from "./graph.fixture.ts"

const params = {
  tokens: 1_000,
  usd: 500,
  checkShare: 1,
  idleCheckShare: 0,
  checkUsd: 5,
  falseShareBelieved: 0.1,
  slippageShareMax: 0.05,
}

const closing = (number: number, isFalse: boolean): Closing => {
  const allocation = `them/${number}`
  const proof = proofOf("busy", allocation)
  return { number, allocation, indexer: "them", subgraph: "busy", epoch: 20, proof: isFalse ? proof + 2n : proof }
}
const disputeOf = (number: number, status: Dispute["status"], isFalse = true): readonly [string, Dispute] => {
  const of = closing(number, isFalse)
  return [of.allocation, { allocation: of.allocation, indexer: "them", fisherman: "me", depositWei: toWei(100), status, closing: of }]
}

describe("a fisherman", () => {
  const fish = (
    closings: ReadonlyArray<Closing>,
    changes: Partial<typeof params> = {},
    {
      disputes = [],
      purse = [1_000, 500],
      stake = 20_000,
      memory = {},
      rules = {},
    }: {
      disputes?: ReadonlyArray<readonly [string, Dispute]>
      purse?: readonly [number, number]
      stake?: number
      memory?: { next?: number; checks?: number; found?: number }
      rules?: Partial<typeof graphRules>
    } = {},
  ) =>
    decideAs<{ next: number; checks: number; found: number }>(
      fisherman,
      "me",
      { ...params, ...changes },
      graphWorld(
        { closings, disputes: new Map(disputes), indexers: new Map([["them", indexerWith(stake)]]) },
        { purses: { me: purse }, rules },
      ),
      memory,
    )

  test("disputes false proofs and no others, pays for each check, and looks at every closing once", () => {
    const decision = fish([closing(0, false), closing(1, true), closing(2, false)])
    expect(decision.actions).toEqual([
      { kind: "dollar.redeem", amountMicros: 15_000_000n, purpose: "checks" },
      { kind: "graph.dispute", allocation: "them/1", depositWei: toWei(100) },
    ])
    expect(decision.memory.next).toBe(3)
    expect(fish([closing(0, false), closing(1, true)], {}, { memory: { next: 2 } }).actions).toEqual([])
  })

  test("draws for each closing by itself, whatever else was closed", () => {
    const false20 = Array.from({ length: 20 }, (_, number) => closing(number, true))
    const even = false20.filter(({ number }) => number % 2 === 0)
    const disputed = (closings: ReadonlyArray<Closing>) =>
      fish(closings, { checkShare: 0.5, idleCheckShare: 0.5 }, { purse: [10_000, 500] }).actions.flatMap((action) =>
        action.kind === "graph.dispute" ? [action.allocation] : [],
      )
    const alone = disputed(even)
    expect(alone.length).toBeGreaterThan(0)
    expect(alone.length).toBeLessThan(even.length)
    expect(disputed(false20).filter((allocation) => even.some((one) => one.allocation === allocation))).toEqual(alone)
  })

  test("checks little where checks find too little for what they cost", () => {
    // Half of a slash is 250 tokens; with one chance in ten of losing the deposit of 100 that is 107 USD, so 5 USD want one in twenty-two.
    expect(kindsOf(fish([closing(0, true)], {}, { memory: { checks: 100, found: 5 } }))).toContain("graph.dispute")
    expect(fish([closing(0, true)], {}, { memory: { checks: 100, found: 4 } }).actions).toEqual([])
    expect(fish([closing(0, true)], { falseShareBelieved: 0.01 }).actions).toEqual([])
    expect(kindsOf(fish([closing(0, true)], { idleCheckShare: 1 }, { memory: { checks: 100, found: 4 } }))).toContain("graph.dispute")
    expect(fish([closing(0, true)], { checkShare: 0 }).actions).toEqual([])
    expect(fish([closing(0, true)], { checkUsd: 501 }).actions).toEqual([])
  })

  test("does not dispute what is not worth the deposit, or what it has no deposit for", () => {
    const lost = Array.from({ length: 30 }, (_, index) => disputeOf(10 + index, "rejected"))
    expect(kindsOf(fish([closing(0, true)], { idleCheckShare: 1 }, { disputes: lost }))).toEqual(["dollar.redeem"])
    expect(kindsOf(fish([closing(0, true)], {}, { purse: [99, 500] }))).toEqual(["dollar.redeem"])
  })

  test("sells what it has won for more checks", () => {
    const sold = (slippageShareMax: number) => actionOf(fish([], { slippageShareMax }, { purse: [60_000, 0] }), "pool.swap")!.amountIn
    expect(sold(0.1)).toBe(toWei(59_000))
    expect(sold(0.01)).toBeLessThan(toWei(8_000))
  })
})

describe("an arbitrator", () => {
  const judge = (
    disputes: ReadonlyArray<readonly [string, Dispute]>,
    errorShare: number,
    seenDay: ReadonlyMap<string, number>,
    stake = 20_000,
  ) =>
    decideAs(
      arbitrator,
      "judge",
      { reviewDays: 5, errorShare },
      graphWorld({ disputes: new Map(disputes), indexers: new Map([["them", indexerWith(stake)]]) }),
      { seenDay },
    )
  const long = new Map([0, 1, 2].map((number) => [`them/${number}`, 5]))
  const pending = [disputeOf(0, "pending"), disputeOf(1, "pending", false), disputeOf(2, "accepted")]

  test("does the work again when it has had its days, and is wrong as often as it is said to be", () => {
    expect(kindsOf(judge(pending, 0, new Map()))).toEqual([])
    expect(judge(pending, 0, new Map([["them/0", 6]])).memory).toEqual({
      seenDay: new Map([
        ["them/0", 6],
        ["them/1", 10],
      ]),
    })
    expect(kindsOf(judge(pending, 0, long))).toEqual(["graph.accept", "graph.reject"])
    expect(kindsOf(judge(pending, 1, long))).toEqual(["graph.reject", "graph.accept"])
  })

  test("draws where there is nothing to slash or nothing to judge", () => {
    expect(kindsOf(judge(pending, 0, long, 0))).toEqual(["graph.draw", "graph.draw"])
    const [allocation, dispute] = disputeOf(0, "pending")
    expect(kindsOf(judge([[allocation, { ...dispute, closing: undefined }]], 0, long))).toEqual(["graph.draw"])
  })
})
