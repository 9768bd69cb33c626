import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import { invariants } from "../../sim/invariants/index.ts"
import type { Action, LedgerView } from "../../sim/ledger.ts"
import { disputeTerms } from "../../sim/protocols/disputes.ts"
import { grossMicros } from "../../sim/protocols/market.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { MICROS_PER_USD, WEI_PER_TOKEN } from "../../sim/units.ts"
import * as artifacts from "../artifacts.ts"
import { account, deployWorld, testOn } from "../contract.fixture.ts"
import { type Orders, type PlayedTick, playTicks } from "../yield.fixture.ts"

const USD = MICROS_PER_USD
const arbiters = ["node-1", "node-2", "node-3"]
// A quarter of a day is a tick; every invariant is checked after each.
const genesis = { ...worldGenesis, disputes: disputeTerms({ windowHours: 12, bondShare: 0.25 }, arbiters) }
const play = (ticks: ReadonlyArray<Orders>): Promise<ReadonlyArray<PlayedTick>> =>
  Effect.runPromise(
    playTicks(
      genesis,
      ticks.map((orders) => () => orders),
    ),
  )
const register: Orders[number] = ["gpu-1", { kind: "registry.register", gpuCount: 1, stakeWei: 100n * WEI_PER_TOKEN }]
const open = (agent: string, slot: number, amountMicros: bigint): Orders[number] => [
  agent,
  { kind: "market.open", slot, provider: "gpu-1", amountMicros, deadlineSeconds: worldGenesis.startSeconds + 10_000_000 },
]
const dispute = (agent: string, slot: number): Orders[number] => [agent, { kind: "disputes.open", slot }]
const rule = (agent: string, id: number, isRefund: boolean): Orders[number] => [agent, { kind: "disputes.rule", id, isRefund }]
const settle = (agent: string, id: number): Orders[number] => [agent, { kind: "disputes.settle", id }]
const reasons = ({ receipts }: PlayedTick) => receipts.map(({ reason }) => reason)
const gained = ({ before, after }: PlayedTick, id: string) => after.dollar.balanceMicros.get(id)! - before.dollar.balanceMicros.get(id)!

test("a dispute frees the slot and takes the bond; the majority refunds the buyer, or gives its bond to the provider", async () => {
  const [, opened, ruled] = await play([
    [register],
    [open("ann", 0, 10n * USD), open("bob", 0, 7n), dispute("ann", 0), dispute("bob", 0), dispute("ann", 0), open("ann", 0, USD)],
    [
      rule("ann", 0, true),
      rule("node-1", 0, true),
      rule("node-1", 0, true),
      rule("node-2", 0, false),
      settle("ann", 0),
      rule("node-3", 0, true),
      rule("node-1", 1, false),
      rule("node-2", 1, true),
      rule("node-3", 1, false),
      rule("node-3", 1, false),
      rule("node-1", 2, true),
    ],
  ])
  expect(reasons(opened!)).toEqual(["", "", "", "", "SlotEmpty", ""])
  // A quarter of 7 micro-dollars, rounded up.
  expect(factsOf(opened!.receipts, "disputes.opened").map(({ id, bondMicros }) => [id, bondMicros])).toEqual([
    [0, 2_500_000n],
    [1, 2n],
  ])
  expect(opened!.after.disputes).toEqual({ contestedMicros: 10n * USD + 7n, bondedMicros: 2_500_002n })
  expect(opened!.after.market.escrowMicros).toBe(10n * USD + 7n + 2_500_002n + USD)
  expect(reasons(ruled!)).toEqual(["NotArbiter", "", "AlreadyRuled", "", "TooEarly", "", "", "", "", "Closed", "Closed"])
  expect(gained(ruled!, "ann")).toBe(12_500_000n)
  expect(gained(ruled!, "bob")).toBe(0n)
  const [paid] = factsOf(ruled!.receipts, "disputes.paid")
  expect(paid).toMatchObject({ id: 1, buyer: "bob", bondMicros: 2n, isForfeit: true })
  expect(grossMicros(paid!)).toBe(7n)
  expect(gained(ruled!, "gpu-1")).toBe(paid!.paidMicros + 2n)
  expect(ruled!.after.disputes).toEqual({ contestedMicros: 0n, bondedMicros: 0n })
})

test("without a majority when the window is over the provider is paid and the bond goes back; most of those who ruled in time are enough", async () => {
  const [, , early, late] = await play([
    [register],
    [
      open("ann", 0, 10n * USD),
      open("bob", 0, 10n * USD),
      open("cleo", 0, 10n * USD),
      ...["ann", "bob", "cleo"].map((id) => dispute(id, 0)),
    ],
    [settle("gpu-1", 0), rule("node-1", 1, true), rule("node-1", 2, true), rule("node-2", 2, false)],
    [rule("node-2", 1, true), settle("gpu-1", 0), settle("gpu-1", 1), settle("gpu-1", 2), settle("gpu-1", 2)],
  ])
  expect(reasons(early!)).toEqual(["TooEarly", "", "", ""])
  expect(reasons(late!)).toEqual(["TooLate", "", "", "", "Closed"])
  expect([gained(late!, "ann"), gained(late!, "bob"), gained(late!, "cleo")]).toEqual([2_500_000n, 12_500_000n, 2_500_000n])
  expect(factsOf(late!.receipts, "disputes.paid").map(({ id, isForfeit }) => [id, isForfeit])).toEqual([
    [0, false],
    [2, false],
  ])
})

test("who has no dollars for the bond cannot dispute, and keeps the job", async () => {
  const [, , poor] = await play([
    [register],
    [open("ann", 0, 1_900n * USD)],
    [dispute("ann", 0), ["ann", { kind: "market.complete", slot: 0 } satisfies Action]],
  ])
  expect(reasons(poor!)).toEqual(["ERC20InsufficientBalance", ""])
})

test("the invariants notice what disputes lose", async () => {
  const [, { before, after, receipts }] = (await play([[register], [open("ann", 0, 10n * USD), dispute("ann", 0)]])) as [
    PlayedTick,
    PlayedTick,
  ]
  const { disputes, market } = after
  const noticed = (view: LedgerView) =>
    Object.entries(invariants)
      .filter(([, { check }]) => check(before, view, receipts) !== undefined)
      .map(([name]) => name)
  expect(noticed(after)).toEqual([])
  expect(noticed({ ...after, disputes: { ...disputes, bondedMicros: disputes.bondedMicros - 1n } })).toEqual(["disputeBacking"])
  expect(noticed({ ...after, disputes: { ...disputes, contestedMicros: 0n } })).toEqual(["disputeBacking"])
  expect(noticed({ ...after, market: { escrowMicros: market.escrowMicros - disputes.bondedMicros } })).toEqual([
    "escrowBacking",
    "disputeBacking",
  ])
  const balanceMicros = new Map([...after.dollar.balanceMicros, ["market", market.escrowMicros - 1n]])
  expect(noticed({ ...after, dollar: { ...after.dollar, balanceMicros } })).toEqual(["dollarConservation", "escrowBacking"])
})

testOn((chain) => deployWorld(chain))("a market of disputes needs arbiters", async ({ chain, world: { dollar, registry, burn } }) => {
  const deploy = (ids: ReadonlyArray<string>) =>
    chain.refusalToDeploy(artifacts.disputedMarket, [
      dollar.address,
      registry.address,
      burn.address,
      account("treasury"),
      [0n, 0n, 0n],
      { bondBps: 0n, windowSeconds: 1n, arbiters: ids.map(account) },
    ])
  expect(await deploy([])).toBe("NoArbiters()")
  expect(await deploy(["ann"])).toBe("nothing")
})
