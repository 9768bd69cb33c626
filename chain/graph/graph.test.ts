import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import { graphBacking } from "../../sim/invariants/graphBacking.ts"
import { tokenConservation } from "../../sim/invariants/tokenConservation.ts"
import type { Action, Genesis, LedgerView } from "../../sim/ledger.ts"
import { allocationName, graphAccounts, type Indexer, proofOf } from "../../sim/protocols/graph.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, type PlayedTick, playTicks } from "../yield.fixture.ts"

const tokens = (count: bigint) => count * WEI_PER_TOKEN

/** Four blocks are an epoch, a tick has two, and what is unstaked thaws in five. */
const genesis: Genesis = {
  ...worldGenesis,
  blocksPerTick: 2,
  graph: {
    arbitrator: "cleo",
    subgraphs: [
      { id: "blocks", signalWei: tokens(300n) },
      { id: "trades", signalWei: tokens(100n) },
    ],
    issuanceWeiPerBlock: tokens(2n),
    stakeWeiMin: tokens(100n),
    delegationRatio: 2,
    delegationTaxPpm: 5_000,
    epochBlocks: 4,
    thawingBlocks: 5,
    undelegationEpochs: 1,
    allocationEpochsMax: 28,
    slashPpm: 100_000,
    fishermanPpm: 500_000,
    depositWei: tokens(10n),
  },
}

const play = (ticks: ReadonlyArray<Orders>, of = genesis): Promise<ReadonlyArray<PlayedTick>> =>
  Effect.runPromise(
    playTicks(
      of,
      ticks.map((orders) => () => orders),
    ),
  )

const reasons = ({ receipts }: PlayedTick) => receipts.map(({ reason }) => reason)
const first = allocationName("gpu-1", 0)
const stake = (count: bigint): Action => ({ kind: "graph.stake", amountWei: tokens(count) })
const allocate = (allocation: string, count: bigint, subgraph = "blocks"): Action => ({
  kind: "graph.allocate",
  allocation,
  subgraph,
  amountWei: tokens(count),
})
const close = (allocation: string, proof = proofOf("blocks", allocation)): Action => ({ kind: "graph.close", allocation, proof })
const dispute = (allocation: string): Action => ({ kind: "graph.dispute", allocation, depositWei: tokens(10n) })
const opened: Orders = [
  ["gpu-1", stake(500n)],
  ["gpu-1", { kind: "graph.payOut" }],
  ["gpu-1", { kind: "graph.setCut", cutPpm: 400_000 }],
  ["ann", { kind: "graph.delegate", indexer: "gpu-1", amountWei: tokens(200n) }],
  ["gpu-1", allocate(first, 699n)],
]
const held = (view: LedgerView, account: string) => view.token.balanceWei.get(account)!

describe("The Graph's contracts", () => {
  test("share a reward by signal, allocation and cut, burn the delegators' tax, and give a stake back when its blocks are over", async () => {
    const played = await play([
      [...opened, ["gpu-2", stake(300n)]],
      [["gpu-2", allocate(allocationName("gpu-2", 0), 233n)]],
      [["gpu-1", close(first)]],
      [
        ["gpu-1", { kind: "graph.unstake", amountWei: tokens(500n) }],
        ["ann", { kind: "graph.undelegate", indexer: "gpu-1", shares: tokens(199n) }],
        ["gpu-1", { kind: "graph.withdraw" }],
      ],
      [],
      [["gpu-1", { kind: "graph.withdraw" }]],
      [
        ["gpu-1", { kind: "graph.withdraw" }],
        ["ann", { kind: "graph.withdrawDelegated", indexer: "gpu-1" }],
      ],
    ])
    const [start, , closed, left] = played
    expect(reasons(start!)).toEqual(["", "", "", "", "", ""])
    expect(factsOf(start!.receipts, "graph.delegated")).toEqual([
      { kind: "graph.delegated", agent: "ann", indexer: "gpu-1", amountWei: tokens(199n), shares: tokens(199n), taxWei: tokens(1n) },
    ])
    expect(start!.before.token.supplyWei - start!.after.token.supplyWei).toBe(tokens(1n))
    expect(start!.after.graph.subgraphs.get("blocks")).toEqual({ signalWei: tokens(300n), allocatedWei: tokens(699n) })

    // Three quarters of two tokens a block: two blocks alone, two with a quarter of the allocation another's.
    const [rewarded] = factsOf(closed!.receipts, "graph.rewarded")
    const expected = 3 + 3 * (699 / 932)
    expect(Number(rewarded!.amountWei) / 1e18).toBeCloseTo(expected, 9)
    const [paid] = factsOf(closed!.receipts, "graph.paidOut")
    expect(paid!.amountWei).toBe((rewarded!.amountWei * 400_000n) / 1_000_000n)
    expect(closed!.after.graph.indexers.get("gpu-1")!.delegatedWei).toBe(tokens(199n) + rewarded!.amountWei - paid!.amountWei)
    expect(closed!.after.token.supplyWei - closed!.before.token.supplyWei).toBe(rewarded!.amountWei)
    expect(closed!.after.graph.closings).toMatchObject([
      { number: 0, allocation: first, indexer: "gpu-1", subgraph: "blocks", proof: proofOf("blocks", first) },
    ])

    expect(reasons(left!)).toEqual(["", "", "!tokens"])
    const blocks = left!.after.graph.indexers.get("gpu-1")!.thawedAtBlock
    expect(blocks - left!.before.blockNumber).toBe(6)
    const [fifth, last] = played.slice(-2)
    expect(reasons(fifth!)).toEqual([fifth!.before.blockNumber + 1 < blocks ? "!tokens" : ""])
    const returned = factsOf(
      played.slice(-2).flatMap(({ receipts }) => receipts),
      "graph.withdrawn",
    )
    expect(returned).toEqual([{ kind: "graph.withdrawn", agent: "gpu-1", amountWei: tokens(500n) }])
    expect(factsOf(last!.receipts, "graph.delegationWithdrawn")[0]!.amountWei).toBe(tokens(199n) + rewarded!.amountWei - paid!.amountWei)
    expect(held(last!.after, "gpu-1")).toBe(tokens(1_000n) + paid!.amountWei)
    expect(held(last!.after, graphAccounts.staking)).toBe(tokens(300n))
  })

  test("slash the indexer and not its delegators: half to the fisherman, half burned, to the wei", async () => {
    const played = await play([
      opened,
      [],
      [
        ["gpu-1", close(first, 5n)],
        ["bob", dispute(first)],
        ["ann", dispute(first)],
        ["bob", { kind: "graph.accept", allocation: first }],
      ],
      [["cleo", { kind: "graph.accept", allocation: first }]],
    ])
    expect(reasons(played[2]!)).toEqual(["", "", "Dispute already created", "Caller is not the Arbitrator"])
    expect(held(played[2]!.after, graphAccounts.disputes)).toBe(tokens(10n))
    expect(played[2]!.after.graph.disputes.get(first)).toMatchObject({ status: "pending", closing: { proof: 5n } })
    const { before, after, receipts } = played[3]!
    expect(factsOf(receipts, "graph.slashed")).toEqual([
      { kind: "graph.slashed", indexer: "gpu-1", fisherman: "bob", amountWei: tokens(50n), rewardWei: tokens(25n) },
    ])
    expect(factsOf(receipts, "graph.accepted")).toEqual([
      { kind: "graph.accepted", allocation: first, indexer: "gpu-1", fisherman: "bob", paidWei: tokens(35n) },
    ])
    expect(before.token.supplyWei - after.token.supplyWei).toBe(tokens(25n))
    expect(held(after, "bob") - held(before, "bob")).toBe(tokens(35n))
    const indexer = (view: LedgerView) => view.graph.indexers.get("gpu-1")!
    expect(indexer(before).stakedWei - indexer(after).stakedWei).toBe(tokens(50n))
    expect(indexer(after)).toMatchObject({ delegatedWei: indexer(before).delegatedWei, slashes: 1, slashedWei: tokens(50n) })
  })

  test("burn the deposit of a dispute that is rejected, and give back that of one that is drawn", async () => {
    const second = allocationName("gpu-1", 1)
    const played = await play([
      [...opened, ["gpu-1", close(first)]],
      [
        ["gpu-1", allocate(second, 100n)],
        ["bob", dispute(first)],
        ["ann", dispute(second)],
      ],
      [
        ["cleo", { kind: "graph.reject", allocation: first }],
        ["cleo", { kind: "graph.draw", allocation: second }],
        ["cleo", { kind: "graph.draw", allocation: second }],
      ],
    ])
    const { before, after, receipts } = played[2]!
    expect(reasons(played[2]!)).toEqual(["", "", "Dispute must be pending"])
    expect(before.token.supplyWei - after.token.supplyWei).toBe(tokens(10n))
    expect(factsOf(receipts, "graph.drawn")[0]!.returnedWei).toBe(tokens(10n))
    expect([...after.graph.disputes.values()].map(({ status, closing }) => [status, closing?.number])).toEqual([
      ["rejected", 0],
      ["drawn", undefined],
    ])
  })

  test("restake a reward that nobody asked to have paid out, and pay none in the epoch of the allocation", async () => {
    const played = await play([
      [
        ["gpu-1", stake(200n)],
        ["gpu-1", allocate(first, 100n)],
        ["gpu-1", close(first)],
        ["gpu-1", allocate(allocationName("gpu-1", 1), 100n)],
      ],
      [],
      [["gpu-1", close(allocationName("gpu-1", 1))]],
    ])
    expect(factsOf(played[0]!.receipts, "graph.rewarded")).toEqual([])
    const { receipts, before, after } = played[2]!
    const [rewarded] = factsOf(receipts, "graph.rewarded")
    expect(rewarded!.amountWei).toBe(tokens(6n))
    expect(after.graph.indexers.get("gpu-1")!.stakedWei - before.graph.indexers.get("gpu-1")!.stakedWei).toBe(tokens(6n))
  })

  test("let anybody close an allocation that is too old, and pay nothing for it", async () => {
    const wait: ReadonlyArray<Orders> = [[["gpu-2", close(first)]], [], [["gpu-2", close(first)]]]
    const played = await play([[...opened], ...wait], { ...genesis, graph: { ...genesis.graph!, allocationEpochsMax: 1 } })
    expect([played[1]!, played[3]!].map(reasons)).toEqual([["!auth"], [""]])
    expect(factsOf(played[3]!.receipts, "graph.closed")[0]).toMatchObject({ allocation: first, indexer: "gpu-1" })
    expect(factsOf(played[3]!.receipts, "graph.rewarded")).toEqual([])
  })

  test("refuse mistakes by the contracts' own words", async () => {
    const played = await play([
      [
        ["gpu-1", stake(99n)],
        ["gpu-1", stake(0n)],
        ["gpu-1", stake(5_000n)],
        ["gpu-1", { kind: "graph.unstake", amountWei: 1n }],
        ["ann", { kind: "graph.delegate", indexer: "gpu-1", amountWei: tokens(5n) }],
        ["gpu-1", { kind: "graph.setCut", cutPpm: 1_000_001 }],
      ],
      [
        ...opened,
        ["gpu-1", allocate(first, 1n)],
        ["gpu-1", allocate(allocationName("gpu-1", 1), 1n)],
        ["gpu-2", close(first)],
        ["gpu-1", { kind: "graph.unstake", amountWei: tokens(401n) }],
        ["ann", { kind: "graph.delegate", indexer: "gpu-1", amountWei: 1n }],
        ["ann", { kind: "graph.undelegate", indexer: "gpu-1", shares: tokens(200n) }],
        ["ann", { kind: "graph.withdrawDelegated", indexer: "gpu-1" }],
        ["bob", { kind: "graph.dispute", allocation: first, depositWei: 1n }],
        ["cleo", { kind: "graph.reject", allocation: first }],
      ],
    ])
    expect(reasons(played[0]!)).toEqual(["!minimumIndexerStake", "!tokens", "ERC20InsufficientBalance", "!stake", "!stake", ">queryFeeCut"])
    expect(reasons(played[1]!).slice(opened.length)).toEqual([
      "!null",
      "!capacity",
      "!auth",
      "!stake-avail",
      "!minimum-delegation",
      "!shares-avail",
      "!tokens",
      "Dispute deposit is under minimum required",
      "Dispute does not exist",
    ])
  })
})

describe("the invariants notice", () => {
  const step = play([[...opened, ["bob", dispute(first)]]]).then(([tick]) => tick!)
  const changed = (view: LedgerView, change: Partial<Indexer>): LedgerView => {
    const indexers = new Map(view.graph.indexers)
    indexers.set("gpu-1", { ...indexers.get("gpu-1")!, ...change })
    return { ...view, graph: { ...view.graph, indexers } }
  }

  test.each([
    ["stake that nobody paid for", { stakedWei: tokens(501n) }, /tokens of graph\.staking/],
    ["delegated tokens that are gone", { delegatedWei: 0n }, /tokens of graph\.staking/],
    ["shares of nobody", { delegatedShares: tokens(200n) }, /shares delegated to gpu-1/],
    ["an allocation that is not booked", { allocatedWei: 0n }, /allocated by gpu-1/],
  ] as const)("%s", async (_, change, message) => {
    const { before, after, receipts } = await step
    expect(graphBacking.check(before, after, receipts)).toBeUndefined()
    expect(graphBacking.check(before, changed(after, change), receipts)).toMatch(message)
  })

  test("a stake and its tokens that come together from nowhere, a deposit that is gone, and a tax that is not burned", async () => {
    const { before, after, receipts } = await step
    const held = new Map(after.token.balanceWei)
    held.set(graphAccounts.staking, held.get(graphAccounts.staking)! + 1n)
    const richer = { ...changed(after, { stakedWei: tokens(500n) + 1n }), token: { ...after.token, balanceWei: held } }
    expect(graphBacking.check(before, richer, receipts)).toMatch(/by their facts/)
    const robbed = new Map(after.token.balanceWei).set(graphAccounts.disputes, 0n)
    expect(graphBacking.check(before, { ...after, token: { ...after.token, balanceWei: robbed } }, receipts)).toMatch(/graph\.disputes/)
    const balances = new Map(after.token.balanceWei)
    balances.set("ann", balances.get("ann")! + tokens(1n))
    const untaxed = { ...after, token: { supplyWei: after.token.supplyWei + tokens(1n), balanceWei: balances } }
    expect(tokenConservation.check(before, untaxed, receipts)).toMatch(/token supply/)
  })
})
