import { Effect } from "effect"
import fc from "fast-check"
import { expect, test } from "vitest"
import { type CoreAction, type CoreFact, type Genesis, Ledger, type LedgerView, type Receipt } from "../sim/ledger.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { inEpoch, tickArbitrary } from "../sim/testing/orderArbitrary.ts"
import { worldGenesis } from "../sim/testing/worldGenesis.ts"
import { SECONDS_PER_DAY } from "../sim/units.ts"
import { chainLedger } from "./chainLedger.ts"

const tickCount = 40

interface Play {
  readonly opening: LedgerView
  readonly ticks: ReadonlyArray<{ readonly receipts: ReadonlyArray<Receipt>; readonly view: LedgerView }>
}

/** Every way in which tokens are bought and burned: fees at any price; credits, at a price limit, with a part kept. */
const worlds: ReadonlyArray<Genesis> = [
  worldGenesis,
  {
    ...worldGenesis,
    market: { ...worldGenesis.market, creditBps: 3_333 },
    burn: { spendBpsMax: 500, premiumBpsMax: 250, keepBps: 2_501 },
  },
]

const play = (seed: number) =>
  Effect.gen(function* () {
    const ledger = yield* Ledger
    const opening = yield* ledger.observe
    const ticks: Array<Play["ticks"][number]> = []
    let { nextEpoch } = opening.oracle
    for (const [i, orders] of fc.sample(tickArbitrary, { seed, numRuns: tickCount }).entries()) {
      const seconds = worldGenesis.startSeconds + ((i + 1) * SECONDS_PER_DAY) / 4
      const { receipts } = yield* ledger.settle(inEpoch(orders, nextEpoch), seconds)
      const view = yield* ledger.observe
      ticks.push({ receipts, view })
      nextEpoch = view.oracle.nextEpoch
    }
    return { opening, ticks } satisfies Play
  })

/** A chain counts its set-up blocks too, and several in a tick. */
const amounts = ({ blockNumber: _, ...view }: LedgerView) => view

/** Two independent accounts of the same rules, the contracts and their twin: each would have to be wrong in the same way. */
test("the contracts and their twin agree to the last unit, on every action, fact and refusal", async () => {
  const met = { done: new Set<string>(), facts: new Set<string>(), reasons: new Set<string>() }
  for (const seed of [20_261_123, 7, 42, 1_000]) {
    const genesis = worlds[seed % worlds.length]!
    const twin = await Effect.runPromise(play(seed).pipe(Effect.provide(memoryLedger(genesis))))
    const real = await Effect.runPromise(play(seed).pipe(Effect.provide(chainLedger(genesis))))

    expect(amounts(real.opening)).toEqual(amounts(twin.opening))
    for (const [i, { receipts, view }] of real.ticks.entries()) {
      expect(receipts, `receipts of tick ${i + 1}, seed ${seed}`).toEqual(twin.ticks[i]!.receipts)
      expect(amounts(view), `state after tick ${i + 1}, seed ${seed}`).toEqual(amounts(twin.ticks[i]!.view))
      for (const { order, status, reason, facts } of receipts) {
        if (status === "ok") met.done.add(order.action.kind)
        else met.reasons.add(reason)
        for (const { kind } of facts) met.facts.add(kind)
      }
    }
  }
  // An agreement about what never happened would prove nothing.
  expect([...met.done].sort()).toEqual(Object.keys(actionKinds).sort())
  expect([...met.facts].sort()).toEqual(Object.keys(factKinds).sort())
  expect([...met.reasons].sort()).toEqual(reasons)
}, 120_000)

/** Named one by one, so that a new kind that the orders never reach is a type error or a failing test. */
const actionKinds = {
  "token.transfer": 0,
  "dollar.transfer": 0,
  "dollar.onRamp": 0,
  "dollar.redeem": 0,
  "pool.swap": 0,
  "pool.addLiquidity": 0,
  "pool.removeLiquidity": 0,
  "registry.register": 0,
  "registry.addStake": 0,
  "registry.requestExit": 0,
  "registry.withdraw": 0,
  "market.open": 0,
  "market.complete": 0,
  "market.release": 0,
  "market.refund": 0,
  "oracle.claimWork": 0,
  "oracle.report": 0,
  "oracle.finalise": 0,
  "rewards.claim": 0,
  "burn.execute": 0,
  "venue.post": 0,
  "venue.trade": 0,
} satisfies Readonly<Record<CoreAction["kind"], 0>>

const factKinds = {
  "token.transferred": 0,
  "dollar.transferred": 0,
  "dollar.onRamped": 0,
  "dollar.redeemed": 0,
  "pool.swapped": 0,
  "pool.liquidityAdded": 0,
  "pool.liquidityRemoved": 0,
  "registry.registered": 0,
  "registry.stakeAdded": 0,
  "registry.exitRequested": 0,
  "registry.withdrawn": 0,
  "registry.slashed": 0,
  "market.opened": 0,
  "market.completed": 0,
  "market.released": 0,
  "market.refunded": 0,
  "oracle.workClaimed": 0,
  "oracle.reported": 0,
  "oracle.mismatched": 0,
  "oracle.finalised": 0,
  "emissions.released": 0,
  "rewards.credited": 0,
  "rewards.claimed": 0,
  "burn.executed": 0,
  "venue.posted": 0,
  "venue.traded": 0,
} satisfies Readonly<Record<CoreFact["kind"], 0>>

/** What the contracts refuse and an agent can bring about with amounts that exist. */
const reasons = [
  "AlreadyRegistered",
  "DeadlinePassed",
  "ERC20InsufficientBalance",
  "EpochClosed",
  "InsufficientInventory",
  "InsufficientStake",
  "NoQuorum",
  "NotActive",
  "NotRegistered",
  "NotReporter",
  "NotUnbonding",
  "NothingAccrued",
  "NothingToSpend",
  "ProviderNotActive",
  "RefundNotAllowed",
  "ReleaseTooLarge",
  "SlotEmpty",
  "SlotTaken",
  "StillUnbonding",
  "TooEarly",
  "TransferHelper: TRANSFER_FROM_FAILED",
  "UniswapV2: INSUFFICIENT_LIQUIDITY_BURNED",
  "UniswapV2: INSUFFICIENT_LIQUIDITY_MINTED",
  "UniswapV2: INSUFFICIENT_OUTPUT_AMOUNT",
  "UniswapV2Library: INSUFFICIENT_AMOUNT",
  "UniswapV2Library: INSUFFICIENT_INPUT_AMOUNT",
  "UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT",
  "ZeroAmount",
  "ZeroGpus",
  "ZeroPrice",
  "ds-math-sub-underflow",
]
