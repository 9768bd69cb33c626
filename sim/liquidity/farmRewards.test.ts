import { Effect } from "effect"
import { expect, test } from "vitest"
import { Ledger, type LedgerView, type Receipt } from "../ledger.ts"
import { noVault, strategyAccount, vaultAccount } from "../protocols/vault.ts"
import { memoryLedger } from "../testing/memoryLedger.ts"
import { worldGenesis } from "../testing/worldGenesis.ts"
import { farmRewards } from "./farmRewards.ts"
import { openLpLedger, postLiquidity } from "./lpLedger.ts"

const base = Effect.flatMap(Ledger, ({ observe }) => observe).pipe(Effect.provide(memoryLedger(worldGenesis)), Effect.runSync)

/** A view in which the farm owes so much to each account; the vault has a strategy for it. */
const owing = (earned: Readonly<Record<string, bigint>>): LedgerView => ({
  ...base,
  farms: new Map([
    [
      "launch",
      {
        kind: "stakingRewards",
        startSeconds: 0,
        endSeconds: 1,
        rewardWeiPerDay: 0n,
        totalShares: 3n,
        shares: new Map([
          ["ann", 1n],
          [strategyAccount("launch"), 2n],
        ]),
        earnedWei: new Map(Object.entries(earned)),
        purse: "farm.launch",
      },
    ],
  ]),
  vault: { ...noVault, shares: new Map([["cleo", 2n]]), strategies: new Map([["launch", { debt: 2n, held: 2n }]]) },
})

const claimed: Receipt = {
  order: { agent: "ann", action: { kind: "farm.claim", farm: "launch" }, tipWei: 0n },
  status: "ok",
  reason: "",
  facts: [{ kind: "farm.rewardPaid", farm: "launch", agent: "ann", amountWei: 70n }],
}

test("a reward counts when it is earned, and its payment takes nothing back; a strategy earns for its vault", () => {
  const before = owing({ ann: 50n, [strategyAccount("launch")]: 5n })
  const after = owing({ ann: 1n, [strategyAccount("launch")]: 45n })
  expect(farmRewards(before, after, [claimed])).toEqual(
    new Map([
      ["ann", 21n],
      [vaultAccount, 40n],
    ]),
  )
})

test("incentives are booked at the outside price of their tick, beside a value that they leave as it is", () => {
  const views = [owing({ ann: 0n }), owing({ ann: 30n }), { ...owing({ ann: 40n }), venue: { priceMicros: 500_000n } }]
  let ledger = openLpLedger(views[0]!)
  for (const [tick, view] of views.slice(1).entries()) ledger = postLiquidity(ledger, views[tick]!, view, [])
  const { total, tick, value } = ledger.get("main/ann")!
  expect(total.incentives).toBe(30n * base.venue.priceMicros + 10n * 500_000n)
  expect(tick.incentives).toBe(10n * 500_000n)
  expect(total.flows + total.holding + total.fees + total.impermanentLoss + total.rounding).toBe(value)
})
