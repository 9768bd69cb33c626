import { Effect } from "effect"
import { invariants } from "../sim/invariants/index.ts"
import { type Action, type Genesis, Ledger, type LedgerError, type LedgerView, type Receipt } from "../sim/ledger.ts"
import { worldGenesis } from "../sim/testing/worldGenesis.ts"
import { SECONDS_PER_DAY, WEI_PER_TOKEN } from "../sim/units.ts"
import { chainLedger } from "./chainLedger.ts"

const startSeconds = worldGenesis.startSeconds + SECONDS_PER_DAY / 4

/** The small world with a farm of each kind, both over ten days of four ticks, and a vault over them. */
export const yieldGenesis: Genesis = {
  ...worldGenesis,
  blocksPerTick: 3,
  farms: [
    {
      id: "synthetix",
      kind: "stakingRewards",
      rewardWei: 1_000n * WEI_PER_TOKEN,
      startSeconds,
      endSeconds: startSeconds + 10 * SECONDS_PER_DAY,
      blocksPerDay: 12,
    },
    {
      id: "sushi",
      kind: "masterChef",
      rewardWei: 1_200n * WEI_PER_TOKEN,
      startSeconds,
      endSeconds: startSeconds + 10 * SECONDS_PER_DAY,
      blocksPerDay: 12,
    },
  ],
  vault: {
    hasVirtualShares: true,
    decimalsOffset: 6,
    profitUnlockSeconds: SECONDS_PER_DAY,
    performanceFeeBps: 1_000,
    strategists: ["cleo"],
  },
}

export interface PlayedTick {
  readonly receipts: ReadonlyArray<Receipt>
  readonly before: LedgerView
  readonly after: LedgerView
}

export type Orders = ReadonlyArray<readonly [agent: string, action: Action]>

/** Settles ticks a quarter of a day apart, each seen first; after each tick every invariant must hold. */
export const playTicks = (
  genesis: Genesis,
  ticks: ReadonlyArray<(view: LedgerView) => Orders>,
): Effect.Effect<ReadonlyArray<PlayedTick>, LedgerError> =>
  Effect.gen(function* () {
    const { observe, settle } = yield* Ledger
    const played: Array<PlayedTick> = []
    let before = yield* observe
    for (const [index, orders] of ticks.entries()) {
      const list = orders(before).map(([agent, action]) => ({ agent, action, tipWei: 0n }))
      const { receipts } = yield* settle(list, genesis.startSeconds + ((index + 1) * SECONDS_PER_DAY) / 4)
      const after = yield* observe
      for (const { name, check } of Object.values(invariants)) {
        const broken = check(before, after, receipts)
        if (broken !== undefined) throw new Error(`tick ${index + 1}: ${name}: ${broken}`)
      }
      played.push({ receipts, before, after })
      before = after
    }
    return played
  }).pipe(Effect.provide(chainLedger(genesis)))
