import { Schema } from "effect"
import { expect, test } from "vitest"
import { graphTerms, graphWei, noGraph, Params, proofOf } from "./graph.ts"

const calendar = { start: "2026-01-01", days: 30, ticksPerDay: 4, epochDays: 1 }
const params = Schema.decodeUnknownSync(Params)({ subgraphs: [{ id: "names", signalTokens: 100 }], issuanceTokensPerDay: 1_600 })
const terms = (changes: Partial<Params> = {}) => graphTerms({ ...params, ...changes }, calendar, "judge")

test("the terms of the contracts count days in blocks and shares in millionths; the defaults are the network's", () => {
  expect(terms()).toEqual({
    arbitrator: "judge",
    subgraphs: [{ id: "names", signalWei: 100n * 10n ** 18n }],
    issuanceWeiPerBlock: 100n * 10n ** 18n,
    stakeWeiMin: 100_000n * 10n ** 18n,
    delegationRatio: 16,
    delegationTaxPpm: 5_000,
    epochBlocks: 16,
    thawingBlocks: 448,
    undelegationEpochs: 28,
    allocationEpochsMax: 28,
    slashPpm: 25_000,
    fishermanPpm: 500_000,
    depositWei: 10_000n * 10n ** 18n,
  })
})

test.each(Object.entries(params).flatMap(([name, value]) => (typeof value === "number" ? [[name, value] as const] : [])))(
  "%s has its place in them",
  (name, value) => {
    expect(terms({ [name]: value === 0 ? 1 : value / 2 })).not.toEqual(terms())
  },
)

test("a proof belongs to one allocation of one subgraph, and is never the 0 for which nothing is paid", () => {
  const proofs = ["a", "b"].flatMap((subgraph) => ["me/0", "me/1", "you/0"].map((allocation) => proofOf(subgraph, allocation)))
  expect(new Set(proofs).size).toBe(proofs.length)
  for (const proof of proofs) expect(proof % 2n).toBe(1n)
})

test("what an account has there is its stake, its part of the pools, what thaws, and deposits that are not decided", () => {
  const indexer = {
    stakedWei: 1_000n,
    allocatedWei: 0n,
    thawingWei: 400n,
    thawedAtBlock: 9,
    cutPpm: 0,
    delegatedWei: 301n,
    delegatedShares: 200n,
    slashes: 0,
    slashedWei: 0n,
  }
  const deposit = { indexer: "you", fisherman: "me", depositWei: 7n, closing: undefined }
  const view = {
    ...noGraph,
    indexers: new Map([["me", indexer]]),
    delegations: new Map([["me", new Map([["me", { shares: 51n, thawingWei: 20n, thawedAtEpoch: 3 }]])]]),
    disputes: new Map([
      ["a", { ...deposit, allocation: "a", status: "pending" as const }],
      ["b", { ...deposit, allocation: "b", status: "rejected" as const }],
    ]),
  }
  expect(graphWei("me", view)).toBe(1_000n + 76n + 20n + 7n)
  expect(graphWei("you", view)).toBe(0n)
})
