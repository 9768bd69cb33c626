import { Effect, type Layer } from "effect"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { invariants } from "../sim/invariants/index.ts"
import { type Action, type Fact, Ledger, type LedgerError, type LedgerView, type Order, type Settlement } from "../sim/ledger.ts"
import { amountOut, quote } from "../sim/protocols/pool.ts"
import { inEpoch, tickArbitrary } from "../sim/testing/orderArbitrary.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { worldGenesis } from "../sim/testing/worldGenesis.ts"
import { WEI_PER_TOKEN } from "../sim/units.ts"
import { adapters, coreAdapters } from "./adapters.ts"
import { chainLedger } from "./chainLedger.ts"

interface Tick {
  readonly before: LedgerView
  readonly settlement: Settlement
  readonly after: LedgerView
}

/** Settles one list of orders after the other, a quarter of a day apart; each may look at the ledger first. */
const play = (layer: Layer.Layer<Ledger, LedgerError>, ticks: ReadonlyArray<(view: LedgerView) => ReadonlyArray<Order>>) =>
  Effect.runPromise(
    Effect.gen(function* () {
      const ledger = yield* Ledger
      const played: Array<Tick> = []
      let view = yield* ledger.observe
      for (const [index, orders] of ticks.entries()) {
        const settlement = yield* ledger.settle(orders(view), at(index))
        const after = yield* ledger.observe
        played.push({ before: view, settlement, after })
        view = after
      }
      return { played, digest: yield* ledger.stateDigest }
    }).pipe(Effect.provide(layer)),
  )

const at = (tick: number): number => worldGenesis.startSeconds + (tick + 1) * 21_600

const order = (agent: string, action: Action): Order => ({ agent, action, tipWei: 1n })

const tokens = (count: bigint): bigint => count * WEI_PER_TOKEN

interface Scene {
  readonly order: Order
  /** What must come of it, given what the ledger held before. */
  readonly facts: (before: LedgerView, nowSeconds: number) => ReadonlyArray<Fact>
}

const scene = (agent: string, action: Action, facts: Scene["facts"]): Scene => ({ order: order(agent, action), facts })

const firstEmissionWei = tokens(100n) / 7n
const observed = new Map([
  ["gpu-1", 1_000n],
  ["gpu-2", 500n],
])

/** Every action, one a tick. */
const story: ReadonlyArray<Scene> = [
  scene("ann", { kind: "token.transfer", to: "bob", amountWei: 5n }, () => [
    { kind: "token.transferred", agent: "ann", to: "bob", amountWei: 5n },
  ]),
  scene("ann", { kind: "dollar.transfer", to: "burn", amountMicros: 30_000_000n }, () => [
    { kind: "dollar.transferred", agent: "ann", to: "burn", amountMicros: 30_000_000n },
  ]),
  scene("bob", { kind: "dollar.onRamp", amountMicros: 7n, purpose: "budget" }, () => [
    { kind: "dollar.onRamped", agent: "bob", amountMicros: 7n, purpose: "budget" },
  ]),
  scene("bob", { kind: "dollar.redeem", amountMicros: 6n, purpose: "energy" }, () => [
    { kind: "dollar.redeemed", agent: "bob", amountMicros: 6n, purpose: "energy" },
  ]),
  scene("cleo", { kind: "pool.swap", sell: "token", amountIn: tokens(10n), amountOutMin: 1n }, ({ pool }) => [
    {
      kind: "pool.swapped",
      agent: "cleo",
      sell: "token",
      amountIn: tokens(10n),
      amountOut: amountOut(tokens(10n), pool.tokenReserveWei, pool.dollarReserveMicros),
    },
  ]),
  scene("cleo", { kind: "pool.swap", sell: "dollar", amountIn: 4_000_000n, amountOutMin: 0n }, ({ pool }) => [
    {
      kind: "pool.swapped",
      agent: "cleo",
      sell: "dollar",
      amountIn: 4_000_000n,
      amountOut: amountOut(4_000_000n, pool.dollarReserveMicros, pool.tokenReserveWei),
    },
  ]),
  scene("cleo", { kind: "pool.addLiquidity", tokenWei: tokens(100n), dollarMicros: 100_000_000n }, ({ pool }) => [
    {
      kind: "pool.liquidityAdded",
      agent: "cleo",
      tokenWei: tokens(100n),
      dollarMicros: quote(tokens(100n), pool.tokenReserveWei, pool.dollarReserveMicros),
    },
  ]),
  scene("cleo", { kind: "pool.removeLiquidity", shares: 10n ** 12n }, ({ pool }) => [
    {
      kind: "pool.liquidityRemoved",
      agent: "cleo",
      tokenWei: (10n ** 12n * pool.tokenReserveWei) / pool.totalShares,
      dollarMicros: (10n ** 12n * pool.dollarReserveMicros) / pool.totalShares,
    },
  ]),
  scene("gpu-1", { kind: "registry.register", gpuCount: 2, stakeWei: tokens(250n) }, () => [
    { kind: "registry.registered", agent: "gpu-1", gpuCount: 2, stakeWei: tokens(250n) },
  ]),
  scene("gpu-2", { kind: "registry.register", gpuCount: 1, stakeWei: tokens(100n) }, () => [
    { kind: "registry.registered", agent: "gpu-2", gpuCount: 1, stakeWei: tokens(100n) },
  ]),
  scene("gpu-1", { kind: "registry.addStake", amountWei: 3n }, () => [{ kind: "registry.stakeAdded", agent: "gpu-1", amountWei: 3n }]),
  scene("ann", { kind: "market.open", slot: 0, provider: "gpu-1", amountMicros: 10_000_000n, deadlineSeconds: at(99) }, () => [
    { kind: "market.opened", agent: "ann", slot: 0, provider: "gpu-1", amountMicros: 10_000_000n },
  ]),
  scene("ann", { kind: "market.release", slot: 0, amountMicros: 4_000_000n }, () => [
    {
      kind: "market.released",
      agent: "ann",
      slot: 0,
      provider: "gpu-1",
      paidMicros: 3_506_400n,
      burnFeeMicros: 225_427n,
      treasuryFeeMicros: 268_173n,
    },
  ]),
  scene("ann", { kind: "market.complete", slot: 0 }, () => [
    {
      kind: "market.completed",
      agent: "ann",
      slot: 0,
      provider: "gpu-1",
      paidMicros: 5_259_600n,
      burnFeeMicros: 338_140n,
      treasuryFeeMicros: 402_260n,
    },
  ]),
  scene("ann", { kind: "market.open", slot: 1, provider: "gpu-2", amountMicros: 20n, deadlineSeconds: at(99) }, () => [
    { kind: "market.opened", agent: "ann", slot: 1, provider: "gpu-2", amountMicros: 20n },
  ]),
  scene("gpu-2", { kind: "market.refund", buyer: "ann", slot: 1 }, () => [
    { kind: "market.refunded", buyer: "ann", slot: 1, provider: "gpu-2", amountMicros: 20n },
  ]),
  scene("gpu-1", { kind: "oracle.claimWork", epoch: 0, workMillis: 1_050n }, () => [
    { kind: "oracle.workClaimed", agent: "gpu-1", epoch: 0, workMillis: 1_050n },
  ]),
  scene("gpu-2", { kind: "oracle.claimWork", epoch: 0, workMillis: 9_000n }, () => [
    { kind: "oracle.workClaimed", agent: "gpu-2", epoch: 0, workMillis: 9_000n },
  ]),
  ...["node-1", "node-3"].map((agent) =>
    scene(agent, { kind: "oracle.report", epoch: 0, workMillis: observed }, () => [{ kind: "oracle.reported", agent, epoch: 0 }]),
  ),
  scene("bob", { kind: "oracle.finalise", epoch: 0 }, () => [
    { kind: "oracle.mismatched", provider: "gpu-2", epoch: 0, claimedMillis: 9_000n, medianMillis: 500n },
    { kind: "registry.slashed", provider: "gpu-2", amountWei: (tokens(100n) * 1_050n) / 10_000n },
    { kind: "emissions.released", epoch: 0, amountWei: firstEmissionWei },
    { kind: "rewards.credited", provider: "gpu-1", epoch: 0, amountWei: firstEmissionWei },
    { kind: "oracle.finalised", epoch: 0, verifiedWorkMillis: 1_000n },
  ]),
  scene("gpu-1", { kind: "rewards.claim" }, () => [{ kind: "rewards.claimed", agent: "gpu-1", amountWei: firstEmissionWei }]),
  scene("bob", { kind: "burn.execute" }, ({ pool }) => [
    {
      kind: "burn.executed",
      spentMicros: 30_563_567n,
      burnedWei: amountOut(30_563_567n, pool.dollarReserveMicros, pool.tokenReserveWei),
      keptWei: 0n,
    },
  ]),
  scene("operator", { kind: "venue.post", priceMicros: 500_000n }, () => [{ kind: "venue.posted", priceMicros: 500_000n }]),
  scene("bob", { kind: "venue.trade", sell: "token", tokenWei: tokens(10n) }, () => [
    { kind: "venue.traded", agent: "bob", sell: "token", tokenWei: tokens(10n), dollarMicros: 4_987_500n },
  ]),
  scene("bob", { kind: "venue.trade", sell: "dollar", tokenWei: tokens(10n) + 1n }, () => [
    { kind: "venue.traded", agent: "bob", sell: "dollar", tokenWei: tokens(10n) + 1n, dollarMicros: 5_012_501n },
  ]),
  scene("gpu-2", { kind: "registry.requestExit" }, (_, nowSeconds) => [
    { kind: "registry.exitRequested", agent: "gpu-2", unbondsAtSeconds: nowSeconds + 43_200 },
  ]),
  scene("bob", { kind: "token.transfer", to: "treasury", amountWei: 0n }, () => [
    { kind: "token.transferred", agent: "bob", to: "treasury", amountWei: 0n },
  ]),
  scene("gpu-2", { kind: "registry.withdraw" }, () => [
    { kind: "registry.withdrawn", agent: "gpu-2", amountWei: (tokens(100n) * 8_950n) / 10_000n },
  ]),
]

const total = (amounts: ReadonlyMap<string, bigint>): bigint => [...amounts.values()].reduce((sum, one) => sum + one, 0n)

const withoutBlock = ({ blockNumber: _, ...rest }: LedgerView) => rest

describe("chainLedger", () => {
  test("makes each action into the facts of docs/contracts.md", async () => {
    const { played } = await play(
      chainLedger(worldGenesis),
      story.map(({ order }) => () => [order]),
    )
    for (const [tick, { before, settlement, after }] of played.entries()) {
      const { order, facts } = story[tick]!
      expect(settlement.receipts).toEqual([{ order, status: "ok", reason: "", facts: facts(before, at(tick)) }])
      expect(settlement.blockCount).toBe(1)
      expect(after.blockNumber).toBe(before.blockNumber + 1)
      // The limits are fixed, so they must leave room: a transfer to a new holder or a longer list of providers costs more.
      expect(Number(settlement.gasUsed)).toBeLessThan(0.7 * Number(adapters[order.action.kind].gas))
    }
    expect(new Set(story.map(({ order }) => order.action.kind))).toEqual(new Set(Object.keys(coreAdapters)))
  })

  test("shows a world that adds up, before and after every action", async () => {
    const { played } = await play(
      chainLedger(worldGenesis),
      story.map(({ order }) => () => [order]),
    )
    for (const { before, settlement, after } of played) {
      expect(total(after.token.balanceWei)).toBe(after.token.supplyWei)
      expect(total(after.dollar.balanceMicros)).toBe(after.dollar.supplyMicros)
      // Uniswap locks its first thousand shares for ever.
      expect(total(after.pool.shares) + 1000n).toBe(after.pool.totalShares)
      for (const { check } of Object.values(invariants)) expect(check(before, after, settlement.receipts)).toBeUndefined()
    }
    expect(played[0]!.before.token.supplyWei).toBe(worldGenesis.supplyWei)
    expect(played.at(-1)!.after.registry.providers).toEqual(
      new Map([
        ["gpu-1", { status: "active", stakeWei: tokens(250n) + 3n, gpuCount: 2, unbondsAtSeconds: 0 }],
        ["gpu-2", { status: "absent", stakeWei: 0n, gpuCount: 0, unbondsAtSeconds: 0 }],
      ]),
    )
  })

  test("does, to the wei and to the reason, what the ledger in memory does with random orders", async () => {
    for (const seed of [1, 2]) {
      const ticks = fc
        .sample(tickArbitrary, { numRuns: 12, seed })
        .map((orders) => (view: LedgerView) => inEpoch(orders, view.oracle.nextEpoch))
      const chain = await play(chainLedger(worldGenesis), ticks)
      const memory = await play(memoryLedger(worldGenesis), ticks)
      for (const [tick, { settlement, after }] of chain.played.entries()) {
        expect(settlement.receipts).toEqual(memory.played[tick]!.settlement.receipts)
        expect(withoutBlock(after)).toEqual(withoutBlock(memory.played[tick]!.after))
      }
      const statuses = chain.played.flatMap(({ settlement }) => settlement.receipts.map(({ status }) => status))
      expect(new Set(statuses)).toEqual(new Set(["ok", "reverted"]))
    }
  })

  test("packs a report by the registrations that were ordered before it in the same tick", async () => {
    const orders: ReadonlyArray<Order> = [
      order("gpu-2", { kind: "registry.register", gpuCount: 1, stakeWei: tokens(100n) }),
      order("gpu-1", { kind: "registry.register", gpuCount: 1, stakeWei: tokens(10n) }),
      order("gpu-3", { kind: "registry.register", gpuCount: 1, stakeWei: tokens(100n) }),
      order("gpu-3", { kind: "oracle.claimWork", epoch: 0, workMillis: 40n }),
      ...["node-1", "node-2"].map((id) => order(id, { kind: "oracle.report", epoch: 0, workMillis: new Map([["gpu-3", 40n]]) })),
      order("ann", { kind: "oracle.finalise", epoch: 0 }),
    ]
    const { played } = await play(chainLedger(worldGenesis), [() => orders])
    const { receipts } = played[0]!.settlement
    expect(receipts.map(({ reason }) => reason)).toEqual(["", "InsufficientStake", "", "", "", "", ""])
    expect(receipts.at(-1)!.facts).toContainEqual({ kind: "rewards.credited", provider: "gpu-3", epoch: 0, amountWei: firstEmissionWei })
  })

  test("comes to the same state root and block hash in another process, and to others for another order", async () => {
    const orders = story.slice(0, 8).map(({ order }) => order)
    const digestOf = async (list: ReadonlyArray<Order>) => (await play(chainLedger(worldGenesis), [() => list])).digest
    const digest = await digestOf(orders)
    expect(digest).toMatch(/^0x[0-9a-f]{64} 0x[0-9a-f]{64}$/)
    expect(await digestOf(orders)).toBe(digest)
    expect(await digestOf([...orders].reverse())).not.toBe(digest)
  })

  test("settles nothing in no block", async () => {
    const { played } = await play(chainLedger(worldGenesis), [() => []])
    expect(played[0]!.settlement).toEqual({ receipts: [], blockCount: 0, gasUsed: 0n })
    expect(played[0]!.after).toEqual(played[0]!.before)
  })

  test.each([
    ["an unknown account", order("ann", { kind: "token.transfer", to: "nobody", amountWei: 1n }), /no account is called nobody/],
    ["a negative amount", order("ann", { kind: "token.transfer", to: "bob", amountWei: -1n }), /-1 is negative/],
  ])("calls %s a defect", async (_, bad, message) => {
    await expect(play(chainLedger(worldGenesis), [() => [bad]])).rejects.toMatchObject({
      _tag: "LedgerDiverged",
      message: expect.stringMatching(message),
    })
  })

  test("refuses a genesis that gives away more than there is", async () => {
    await expect(play(chainLedger({ ...worldGenesis, supplyWei: tokens(20_000n) }), [])).rejects.toMatchObject({
      _tag: "LedgerDiverged",
      message: expect.stringMatching(/only 20000000000000000000000 exist/),
    })
  })
})
