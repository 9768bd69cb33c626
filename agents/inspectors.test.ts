import { describe, expect, it } from "vitest"
import { namedStreams } from "../sim/actor.ts"
import { chunkResult, guessedResult } from "../sim/proofs/chunks.ts"
import { toMillis } from "../sim/units.ts"
import type { World } from "../sim/world.ts"
import { passesInspection } from "./inspection.ts"
import { judge } from "./judge.ts"
import { oracleNode } from "./oracleNode.ts"
import { findCopies } from "./spotChecker.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const spotChecks = {
  chunks: 3,
  visitShare: 1,
  chunkShare: 1,
  deadlineSlackShare: 0,
  slashBps: 1_000,
  falseAcceptShare: 0,
  falseRejectShare: 0,
}
const resultsOf = (provider: string, result = chunkResult, epoch = 1) => [0, 1, 2].map((chunk) => result(provider, epoch, chunk))
const checked = (published: Readonly<Record<string, ReadonlyArray<bigint>>>, changes: Partial<World> = {}, rules = spotChecks): World => {
  const plain = calmWorld({ tick: 11 })
  const visits = new Map(Object.keys(published).map((provider) => [provider, { checker: "oracle-1", chunks: [0, 2] }]))
  return calmWorld({
    tick: 11,
    rules: { ...plain.rules, spotChecks: rules },
    ledger: { spotChecks: { nextEpoch: 2, visits } },
    board: {
      ...plain.board,
      published: new Map(Object.entries(published).map(([provider, results]) => [provider, { epoch: 1, results }])),
    },
    ...changes,
  })
}
const node = (changes: Readonly<Record<string, unknown>> = {}, self = "oracle-1", seed = "1") =>
  actOut(
    oracleNode,
    { coverageShare: 1, uptimeShare: 1, reportUsdMax: 1e6, checkUsd: 0, chunkUsd: 0, noiseShare: 0, ...changes },
    self,
    seed,
  )

describe("a checker", () => {
  const published = { good: resultsOf("good"), bad: resultsOf("bad", guessedResult), lucky: resultsOf("lucky").with(1, 7n) }

  it("does drawn chunks again, accuses whose results are other ones, and pays for what it did", () => {
    const decision = node({ chunkUsd: 2 }).turn(checked(published))
    expect(actionsOf(decision, "spotChecks.accuse")).toEqual([
      { kind: "spotChecks.accuse", provider: "bad", chunk: 0, results: published.bad, resultAgain: chunkResult("bad", 1, 0) },
    ])
    // Two of the good one, one of the bad one, two of the lucky one, whose wrong chunk was not drawn.
    expect(actionsOf(decision, "dollar.redeem")).toEqual([{ kind: "dollar.redeem", amountMicros: 10_000_000n, purpose: "checks" }])
    expect(actionsOf(node({}, "oracle-2").turn(checked(published)), "spotChecks.accuse")).toEqual([])
  })

  it("looks away for enough money, and only for who paid it", () => {
    const gifts = (usd: number) => ({ board: { ...checked(published).board, gifts: new Map([["oracle-1", new Map([["bad", usd]])]]) } })
    const accused = (usd: number, bribeUsdMin?: number) =>
      actionsOf(node(bribeUsdMin === undefined ? {} : { bribeUsdMin }).turn(checked(published, gifts(usd))), "spotChecks.accuse").length
    expect([accused(5, 5), accused(4, 5), accused(1e6), accused(5, 0)]).toEqual([0, 1, 1, 0])
  })

  it("errs as often as it is said to, both ways", () => {
    const share = (provider: "good" | "bad", errors: Partial<typeof spotChecks>) => {
      const agent = node()
      let accused = 0
      for (let turn = 0; turn < 2_000; turn++)
        accused += actionsOf(
          agent.turn(checked({ [provider]: published[provider] }, {}, { ...spotChecks, ...errors })),
          "spotChecks.accuse",
        ).length
      return accused / 2_000
    }
    // Two chunks are drawn.
    expect(share("good", { falseRejectShare: 0.1 })).toBeCloseTo(1 - 0.9 ** 2, 1)
    expect(share("bad", { falseAcceptShare: 0.3 })).toBeCloseTo(1 - 0.3 ** 2, 1)
  })

  it("finds answers that two providers share, one accusation for a copy", () => {
    const world = checked({
      leader: resultsOf("leader"),
      other: resultsOf("other"),
      copy: resultsOf("leader"),
      part: resultsOf("part").with(2, resultsOf("leader")[2]!),
    })
    expect(findCopies(world)).toMatchObject([
      { first: "leader", second: "copy", chunk: 0 },
      { first: "leader", second: "part", chunk: 2 },
    ])
  })
})

describe("an inspection", () => {
  const texas = { latitude: 31, longitude: -99 }
  const norway = { latitude: 60, longitude: 10 }
  const stockholm = { latitude: 59.3, longitude: 18.1 }
  const rng = namedStreams("1", "node")
  const passes = (claimed: typeof texas, real: typeof texas, landmarks: ReadonlyArray<typeof texas>) =>
    Array.from({ length: 200 }, () =>
      passesInspection({ landmarks, detourShare: 0.5 }, { claimed: { gpu: "a", place: claimed }, real: { gpu: "a", place: real } }, rng),
    ).filter(Boolean).length / 200

  it("proves a wrong place by an answer that is too fast, from a landmark near the real one", () => {
    expect(passes(texas, norway, [stockholm])).toBe(0)
    expect(passes(texas, texas, [stockholm])).toBe(1)
    // Too slow an answer proves nothing: the real place is farther away than the claimed one.
    expect(passes(norway, texas, [stockholm])).toBe(1)
  })

  it("attests the class of hardware with its two errors", () => {
    const share = (real: string) =>
      Array.from({ length: 4_000 }, () =>
        passesInspection(
          { attestationFalseAcceptShare: 0.2, attestationFalseRejectShare: 0.05 },
          { claimed: { gpu: "h100" }, real: { gpu: real } },
          rng,
        ),
      ).filter(Boolean).length / 4_000
    expect(share("h100")).toBeCloseTo(0.95, 1)
    expect(share("t4")).toBeCloseTo(0.2, 1)
  })

  it("makes a node report nothing for machines that are not what they are said to be", () => {
    const plain = calmWorld({ tick: 10 })
    const world = calmWorld({
      tick: 10,
      pulse: { ...plain.pulse, claims: new Map(["a", "b"].map((id) => [id, { epoch: 1, workMillis: toMillis(24) }])) },
      work: { ...plain.work, epoch: 1, seenMillis: new Map(["a", "b"].map((id) => [id, toMillis(24)])) },
      board: {
        ...plain.board,
        machines: new Map([
          ["a", { claimed: { gpu: "h100" }, real: { gpu: "t4" } }],
          ["b", { claimed: { gpu: "t4" }, real: { gpu: "t4" } }],
        ]),
      },
    })
    const decision = node({ attestationFalseAcceptShare: 0, checkUsd: 0.5 }).turn(world)
    expect(actionsOf(decision, "oracle.report")[0]!.workMillis).toEqual(
      new Map([
        ["a", 0n],
        ["b", toMillis(24)],
      ]),
    )
    expect(actionsOf(decision, "dollar.redeem")[0]!.amountMicros).toBe(1_000_000n)
  })
})

describe("a judge", () => {
  const cases = new Map(
    Array.from({ length: 400 }, (_, id) => [
      id,
      { provider: "p", decidesAtSeconds: 2e9, isAppealed: id % 4 > 0, isFiled: false, isGuilty: id % 2 === 0 },
    ]),
  )
  const world = calmWorld({ board: { ...calmWorld().board, cases } })

  it("rules once on each case that is appealed, by what the machines show, and errs as often as it is said to", () => {
    const agent = actOut(judge, { errorShare: 0.1, caseUsd: 1 })
    const first = agent.turn(world)
    const rulings = actionsOf(first, "slashing.rule")
    expect(rulings.map(({ id }) => id)).toEqual([...cases].filter(([, { isAppealed }]) => isAppealed).map(([id]) => id))
    const wrong = rulings.filter(({ id, isUpheld }) => isUpheld !== cases.get(id)!.isGuilty).length
    expect(wrong / rulings.length).toBeCloseTo(0.1, 1)
    expect(actionsOf(first, "dollar.redeem")[0]!.amountMicros).toBe(300_000_000n)
    expect(agent.turn(world).actions).toEqual([])
  })
})
