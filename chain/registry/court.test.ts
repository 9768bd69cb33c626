import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import type { Genesis, LedgerView } from "../../sim/ledger.ts"
import { lendingTerms } from "../../sim/protocols/lending.ts"
import { courtAccount, courtTerms, sentenceBps } from "../../sim/protocols/slashing.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { MICROS_PER_USD, WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, type PlayedTick, playTicks } from "../yield.fixture.ts"

const stakeWei = 200n * WEI_PER_TOKEN
const genesisWith = (court: Parameters<typeof courtTerms>[0], judges: ReadonlyArray<string> = []): Genesis => ({
  ...worldGenesis,
  oracle: { ...worldGenesis.oracle, slashBps: 1_000 },
  slashing: courtTerms(court, judges),
})
const play = (genesis: Genesis, ticks: ReadonlyArray<Orders | ((view: LedgerView) => Orders)>): Promise<ReadonlyArray<PlayedTick>> =>
  Effect.runPromise(
    playTicks(
      genesis,
      ticks.map((orders) => (typeof orders === "function" ? orders : () => orders)),
    ),
  )
const register: Orders = [["gpu-1", { kind: "registry.register", gpuCount: 2, stakeWei }]]
/** The oracle sees nothing of what is claimed. */
const slash = (epoch: number): Orders => [
  ["gpu-1", { kind: "oracle.claimWork", epoch, workMillis: 1_000n }],
  ...["node-1", "node-2"].map((agent): Orders[number] => [agent, { kind: "oracle.report", epoch, workMillis: new Map() }]),
  ["ann", { kind: "oracle.finalise", epoch }],
]
const wait: Orders = [["bob", { kind: "token.transfer", to: "bob", amountWei: 0n }]]
const stakeOf = ({ after }: PlayedTick) => after.registry.providers.get("gpu-1")!.stakeWei
const reasons = ({ receipts }: PlayedTick) => receipts.map(({ reason }) => reason)

test("without other terms a slash is burned at once; each one that stands makes the next one larger; too little stake puts a provider out", async () => {
  const played = await play(genesisWith({ escalationShare: 0.5, stakeMinShare: 0.8 }), [register, wait, slash(0), slash(1), wait, slash(2)])
  // A tenth, then 15 % of the rest; both numbers of the formula that agents use.
  expect([sentenceBps(1_000, 0.5, 0), sentenceBps(1_000, 0.5, 1), sentenceBps(9_000, 0.5, 3)]).toEqual([1_000, 1_500, 10_000])
  expect(stakeOf(played[2]!)).toBe((stakeWei * 9n) / 10n)
  expect(stakeOf(played[3]!)).toBe((stakeWei * 9n * 85n) / 1_000n)
  expect(played[2]!.after.registry.providers.get("gpu-1")!.status).toBe("active")
  expect(played[3]!.after.registry.providers.get("gpu-1")!.status).toBe("unbonding")
  expect(factsOf(played[3]!.receipts, "registry.exitRequested").map(({ agent }) => agent)).toEqual(["gpu-1"])
  expect(played[5]!.after.slashing).toMatchObject({ frozenWei: 0n, insuredWei: 0n, caseCount: 3, offences: new Map([["gpu-1", 3]]) })
  const supply = ({ before, after }: PlayedTick) => before.token.supplyWei - after.token.supplyWei
  expect(supply(played[2]!) + factsOf(played[2]!.receipts, "emissions.released").reduce((sum, fact) => sum + fact.amountWei, 0n)).toBe(
    stakeWei / 10n,
  )
})

test("a slash is frozen until the judges have decided: overturned it goes back to the stake, in a tie it stands", async () => {
  const appeal: Orders = [
    ["ann", { kind: "slashing.appeal", id: 0 }],
    ["gpu-1", { kind: "slashing.appeal", id: 0 }],
    ["gpu-1", { kind: "slashing.appeal", id: 0 }],
  ]
  const settle = (id: number): Orders[number] => ["ann", { kind: "slashing.settle", id }]
  const rule = (judge: string, isUpheld: boolean, id = 0): Orders[number] => [judge, { kind: "slashing.rule", id, isUpheld }]
  const played = await play(genesisWith({ appealDays: 0.5 }, ["node-1", "node-2", "node-3"]), [
    register,
    wait,
    [...slash(0), rule("node-1", false), settle(0)],
    appeal,
    [rule("node-1", false), rule("node-1", false), rule("bob", true), rule("node-2", false), rule("node-3", true)],
    [rule("node-1", false), settle(0), settle(0)],
    [...slash(1), ["gpu-1", { kind: "slashing.appeal", id: 1 }], rule("node-1", false, 1), rule("node-2", true, 1)],
    wait,
    [["gpu-1", { kind: "slashing.appeal", id: 1 }], settle(1)],
  ])
  expect(reasons(played[2]!).slice(-2)).toEqual(["NotAppealed", "TooEarly"])
  expect(played[2]!.after.slashing.frozenWei).toBe(stakeWei / 10n)
  expect(played[2]!.after.token.balanceWei.get(courtAccount)).toBe(stakeWei / 10n)
  expect(reasons(played[3]!)).toEqual(["NotAccused", "", "AlreadyAppealed"])
  expect(reasons(played[4]!)).toEqual(["", "AlreadyRuled", "NotJudge", "", ""])
  expect(reasons(played[5]!)).toEqual(["TooLate", "", "Closed"])
  expect(stakeOf(played[5]!)).toBe(stakeWei)
  expect(played[5]!.after.slashing).toMatchObject({ frozenWei: 0n, offences: new Map([["gpu-1", 0]]) })
  expect(reasons(played[8]!)).toEqual(["TooLate", ""])
  expect(factsOf(played[8]!.receipts, "slashing.upheld").map(({ burnedWei }) => burnedWei)).toEqual([stakeWei / 10n])
})

test("the pool pays who has open jobs with the provider, at the venue's price and no more than there is, and not for others' jobs", async () => {
  const open = (buyer: string, provider: string, amountMicros: bigint): Orders[number] => [
    buyer,
    { kind: "market.open", slot: 0, provider, amountMicros, deadlineSeconds: worldGenesis.startSeconds + 10_000_000 },
  ]
  const settle = (id: number): Orders[number] => ["cleo", { kind: "slashing.settle", id }]
  const file = (id: number, buyers: ReadonlyArray<string>): Orders[number] => [
    "cleo",
    { kind: "slashing.fileHarm", id, harmed: buyers.map((buyer) => ({ buyer, slot: 0 })) },
  ]
  const played = await play(genesisWith({ insuranceBps: 5_000 }), [
    [...register, ["gpu-2", { kind: "registry.register", gpuCount: 1, stakeWei }]],
    [open("ann", "gpu-1", MICROS_PER_USD), open("bob", "gpu-2", MICROS_PER_USD)],
    slash(0),
    [
      file(0, ["ann", "bob", "ann"]),
      open("cleo", "gpu-1", 3n * MICROS_PER_USD),
      // Harm done stays done.
      ["ann", { kind: "market.complete", slot: 0 }],
      settle(0),
      file(0, ["cleo"]),
    ],
    [open("ann", "gpu-1", 9n * MICROS_PER_USD), ...slash(1)],
    [file(1, ["ann", "cleo"]), settle(1)],
  ])
  const paid = (tick: PlayedTick) => factsOf(tick.receipts, "slashing.compensated").map(({ buyer, amountWei }) => [buyer, amountWei])
  const harmWei = (usd: bigint) => (usd * MICROS_PER_USD * WEI_PER_TOKEN) / 480_001n
  expect(paid(played[3]!)).toEqual([["ann", harmWei(1n)]])
  expect(reasons(played[3]!).at(-1)).toBe("Closed")
  const poolWei = stakeWei / 20n - harmWei(1n) + (stakeWei * 9n) / 200n
  // Twelve dollars of harm are more than the pool has: three quarters and a quarter of it.
  expect(harmWei(12n)).toBeGreaterThan(poolWei)
  const shares = [(poolWei * 3n) / 4n, poolWei / 4n] as const
  expect(paid(played[5]!)).toEqual([
    ["ann", shares[0]],
    ["cleo", shares[1]],
  ])
  expect(played[5]!.after.slashing.insuredWei).toBe(poolWei - shares[0] - shares[1])
})

test("a case takes the first fifty harms and no more, and settling it stays within its gas", async () => {
  const slots = Array.from({ length: 51 }, (_, slot) => slot)
  const open = (slot: number): Orders[number] => [
    slot === 0 ? "bob" : "ann",
    { kind: "market.open", slot, provider: "gpu-1", amountMicros: 10_000n, deadlineSeconds: worldGenesis.startSeconds + 10_000_000 },
  ]
  const harmed = slots.map((slot) => ({ buyer: slot === 0 ? "bob" : "ann", slot }))
  const played = await play(genesisWith({ insuranceBps: 5_000 }), [
    register,
    slots.map(open),
    slash(0),
    [["cleo", { kind: "slashing.fileHarm", id: 0, harmed }]],
    [["cleo", { kind: "slashing.settle", id: 0 }]],
  ])
  expect(factsOf(played[3]!.receipts, "slashing.harmFiled").map(({ slot }) => slot)).toEqual(slots.slice(0, 50))
  expect(reasons(played[4]!)).toEqual([""])
  expect(factsOf(played[4]!.receipts, "slashing.compensated")).toHaveLength(50)
})

test("a court and a lender are one registry's: who owes cannot leave, and who is slashed is slashed before the court", async () => {
  const genesis: Genesis = {
    ...genesisWith({}),
    lending: lendingTerms({ capitalUsd: 5_000, interestPerYear: 0.1, termDays: 3, missedDaysMax: 1 }),
  }
  const played = await play(genesis, [
    [...register, ["gpu-1", { kind: "lending.borrow", amountMicros: MICROS_PER_USD }]],
    [["gpu-1", { kind: "registry.requestExit" }]],
    slash(0),
  ])
  expect(reasons(played[1]!)).toEqual(["InDebt"])
  expect(stakeOf(played[2]!)).toBe((stakeWei * 9n) / 10n)
})

test("what reporters sign for off the chain goes before the court too", async () => {
  const mismatches = [{ provider: "gpu-1", claimedMillis: 1_000n, medianMillis: 0n }]
  const finalise: Orders = [
    ["ann", { kind: "rewardTree.finalise", epoch: 0, verifiedMillis: 0n, mismatches, signers: ["node-1", "node-2"] }],
  ]
  const played = await play({ ...genesisWith({ appealDays: 1 }, ["node-1"]), hasRewardTree: true }, [register, wait, wait, wait, finalise])
  expect(reasons(played[4]!)).toEqual([""])
  expect(factsOf(played[4]!.receipts, "slashing.caseOpened").map(({ amountWei }) => amountWei)).toEqual([stakeWei / 10n])
  expect(stakeOf(played[4]!)).toBe((stakeWei * 9n) / 10n)
})
