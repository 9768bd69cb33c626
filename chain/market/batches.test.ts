import { Effect } from "effect"
import { expect, test } from "vitest"
import { invariants } from "../../sim/invariants/index.ts"
import { type Action, Ledger, type LedgerView, type Order, type Receipt } from "../../sim/ledger.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { BPS, SECONDS_PER_DAY, WEI_PER_TOKEN } from "../../sim/units.ts"
import { chainLedger } from "../chainLedger.ts"

const USD = 1_000_000n
const genesis = {
  ...worldGenesis,
  batches: { windowSeconds: 0, noticeSeconds: SECONDS_PER_DAY },
  hasRewardTree: true,
}

interface Tick {
  readonly receipts: ReadonlyArray<Receipt>
  readonly view: LedgerView
}

/** One list of orders a day; the invariants are checked after each. */
const play = (days: ReadonlyArray<(view: LedgerView) => ReadonlyArray<readonly [string, Action]>>) =>
  Effect.gen(function* () {
    const ledger = yield* Ledger
    const ticks: Array<Tick> = []
    let before = yield* ledger.observe
    for (const [day, ordersOf] of days.entries()) {
      const orders = ordersOf(before).map(([agent, action]): Order => ({ agent, action, tipWei: 0n }))
      const { receipts } = yield* ledger.settle(orders, worldGenesis.startSeconds + (day + 1) * SECONDS_PER_DAY)
      const view = yield* ledger.observe
      for (const { name, check } of Object.values(invariants))
        expect(check(before, view, receipts), `${name}, day ${day + 1}`).toBeUndefined()
      ticks.push({ receipts, view })
      before = view
    }
    return ticks
  }).pipe(Effect.provide(chainLedger(genesis)), Effect.runPromise)

const kept = (micros: bigint) => (micros * (BPS - BigInt(genesis.market.feeBps))) / BPS

test("deposits become earnings in batches, and every invariant holds on the way", async () => {
  const first = new Map([
    ["gpu-1", kept(40n * USD)],
    ["gpu-2", kept(7n)],
  ])
  const second = new Map([...first, ["gpu-2", kept(7n) + kept(3n * USD)], ["gpu-3", kept(1n)]])
  const sum = (earned: ReadonlyMap<string, bigint>) => [...earned.values()].reduce((a, b) => a + b, 0n)
  const [, day2, day3, day4] = await play([
    () => [
      ["ann", { kind: "batches.deposit", amountMicros: 100n * USD }],
      ["bob", { kind: "batches.deposit", amountMicros: 5n * USD }],
    ],
    () => [
      ["operator", { kind: "batches.debit", debitMicros: new Map([["ann", 40n * USD + 7n]]) }],
      ["operator", { kind: "batches.close", earnedMicros: first, creditedMicros: sum(first), providerCount: 2 }],
      ["gpu-1", { kind: "batches.collect" }],
    ],
    () => [
      ["gpu-1", { kind: "batches.collect" }],
      ["operator", { kind: "batches.debit", debitMicros: new Map([["bob", 3n * USD + 1n]]) }],
      ["operator", { kind: "batches.close", earnedMicros: second, creditedMicros: sum(second) - sum(first), providerCount: 2 }],
      ["gpu-2", { kind: "batches.collect" }],
    ],
    () => [["operator", { kind: "batches.debit", debitMicros: new Map([["bob", 3n * USD]]) }]],
  ])
  expect(day2!.receipts.map(({ status }) => status)).toEqual(["ok", "ok", "ok"])
  expect(day2!.receipts[1]!.facts.filter(({ kind }) => kind === "batches.credited")).toEqual([
    { kind: "batches.credited", provider: "gpu-1", amountMicros: kept(40n * USD) },
    { kind: "batches.credited", provider: "gpu-2", amountMicros: kept(7n) },
  ])
  expect(day2!.receipts[2]!.facts).toEqual([{ kind: "batches.collected", agent: "gpu-1", amountMicros: kept(40n * USD) }])
  expect(day3!.receipts.map(({ status, reason }) => reason || status)).toEqual(["NothingEarned", "ok", "ok", "ok"])
  expect(day3!.view.batches.depositMicros).toEqual(
    new Map([
      ["ann", 60n * USD - 7n],
      ["bob", 2n * USD - 1n],
    ]),
  )
  expect(day3!.view.batches.collectableMicros).toEqual(
    new Map([
      ["gpu-1", 0n],
      ["gpu-2", 0n],
      ["gpu-3", kept(1n)],
    ]),
  )
  expect(day4!.receipts[0]!.reason).toBe("DepositTooSmall")
})

test("a pause holds everything up, and nothing is lost by it", async () => {
  const earnedMicros = new Map([["gpu-1", kept(40n * USD)]])
  const batch: ReadonlyArray<readonly [string, Action]> = [
    ["operator", { kind: "batches.debit", debitMicros: new Map([["ann", 40n * USD]]) }],
    ["operator", { kind: "batches.close", earnedMicros, creditedMicros: kept(40n * USD), providerCount: 1 }],
  ]
  const ticks = await play([
    () => [["ann", { kind: "batches.deposit", amountMicros: 100n * USD }]],
    () => [["operator", { kind: "batches.pause" }], ...batch, ["ann", { kind: "batches.deposit", amountMicros: 1n }]],
    () => [["operator", { kind: "batches.unpause" }], ...batch, ["gpu-1", { kind: "batches.collect" }]],
  ])
  expect(ticks[1]!.receipts.map(({ status, reason }) => reason || status)).toEqual([
    "ok",
    "EnforcedPause",
    "EnforcedPause",
    "EnforcedPause",
  ])
  expect(ticks[1]!.view.batches.depositMicros.get("ann")).toBe(100n * USD)
  expect(ticks[2]!.receipts.map(({ status }) => status)).toEqual(["ok", "ok", "ok", "ok"])
  expect(ticks[2]!.view.batches.depositMicros.get("ann")).toBe(60n * USD)
})

test("a quorum's signatures release an emission, slash and publish a tree; fewer, or others, do nothing", async () => {
  const mismatch = { provider: "gpu-3", claimedMillis: 900n, medianMillis: 100n }
  const finalise = (signers: ReadonlyArray<string>, epoch = 0): Action => ({
    kind: "rewardTree.finalise",
    epoch,
    verifiedMillis: 1_500n,
    mismatches: [mismatch],
    signers,
  })
  const ticks = await play([
    () =>
      ["gpu-1", "gpu-3"].map((id) => [id, { kind: "registry.register", gpuCount: 1, stakeWei: 100n * WEI_PER_TOKEN }] as [string, Action]),
    () => [
      ["node-1", finalise(["node-1"])],
      ["node-1", finalise(["node-1", "ann"])],
      ["node-1", finalise(["node-1", "node-1"])],
      ["node-1", finalise(["node-2", "node-3"])],
      ["node-1", finalise(["node-2", "node-3"])],
    ],
    ({ rewards: { carriedWei } }) => [
      [
        "node-1",
        {
          kind: "rewardTree.publish",
          epoch: 0,
          earnedWei: new Map([["gpu-1", carriedWei]]),
          creditedWei: carriedWei + 1n,
          signers: ["node-1", "node-2"],
        },
      ],
      [
        "node-1",
        {
          kind: "rewardTree.publish",
          epoch: 0,
          earnedWei: new Map([
            ["gpu-1", carriedWei - 5n],
            ["gpu-3", 4n],
          ]),
          creditedWei: carriedWei - 1n,
          signers: ["node-1", "node-2"],
        },
      ],
      ["gpu-1", { kind: "rewards.claim" }],
      ["gpu-1", { kind: "rewards.claim" }],
      ["gpu-2", { kind: "rewards.claim" }],
    ],
  ])
  const reasons = ticks.map(({ receipts }) => receipts.map(({ status, reason }) => reason || status))
  expect(reasons[1]).toEqual(["NoQuorum", "NotReporter", "SignerNotNext", "ok", "EpochClosed"])
  expect(ticks[1]!.receipts[3]!.facts.map(({ kind }) => kind)).toEqual([
    "oracle.mismatched",
    "registry.slashed",
    "emissions.released",
    "oracle.finalised",
  ])
  expect(reasons[2]).toEqual(["CreditTooLarge", "ok", "ok", "NothingAccrued", "InvalidProof"])
  const { view } = ticks[2]!
  expect(view.rewards.accruedWei.get("gpu-3")).toBe(4n)
  expect(view.rewards.carriedWei).toBe(1n)
  expect(view.rewardTree.unclaimedWei).toBe(4n)
})
