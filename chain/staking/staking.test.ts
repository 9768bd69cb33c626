import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import type { Action, Genesis } from "../../sim/ledger.ts"
import { stakingAccount } from "../../sim/protocols/staking.ts"
import { providers, reporters, worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { SECONDS_PER_DAY, WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, playTicks } from "../yield.fixture.ts"

const tokens = (count: bigint) => count * WEI_PER_TOKEN
const genesis: Genesis = { ...worldGenesis, staking: { emissionBps: 2_500, feeBps: 5_000, unbondingSeconds: SECONDS_PER_DAY } }
const play = (ticks: ReadonlyArray<Orders>, of = genesis) =>
  Effect.runPromise(
    playTicks(
      of,
      ticks.map((orders) => () => orders),
    ),
  )
const epoch = (number: number): Orders => [
  [providers[0], { kind: "oracle.claimWork", epoch: number, workMillis: 1_000n }],
  ...reporters.map(
    (id) => [id, { kind: "oracle.report", epoch: number, workMillis: new Map([[providers[0], 1_000n]]) } satisfies Action] as const,
  ),
  ["ann", { kind: "oracle.finalise", epoch: number }],
]
const register: Orders = [[providers[0], { kind: "registry.register", gpuCount: 1, stakeWei: tokens(100n) }]]
const emissionWei = tokens(100n) / 7n

test("an epoch's emission is shared by stake, and the providers get the rest", async () => {
  const played = await play([
    register,
    [
      ["ann", { kind: "staking.stake", amountWei: tokens(300n) }],
      ["bob", { kind: "staking.stake", amountWei: tokens(100n) }],
    ],
    epoch(0),
    [["ann", { kind: "staking.claim" }]],
  ])
  const { receipts, after } = played[2]!
  const fundedWei = (emissionWei * 2_500n) / 10_000n
  expect(factsOf(receipts, "staking.funded")).toEqual([{ kind: "staking.funded", amountWei: fundedWei }])
  expect(factsOf(receipts, "emissions.released")[0]!.amountWei).toBe(emissionWei)
  expect(factsOf(receipts, "rewards.credited")[0]!.amountWei).toBe(emissionWei - fundedWei)
  const earned = ["ann", "bob"].map((id) => after.staking.stakers.get(id)!.earnedWei)
  expect(Number(earned[0]! - 3n * earned[1]!)).toBeLessThanOrEqual(3)
  expect(Number(fundedWei - earned[0]! - earned[1]!)).toBeLessThanOrEqual(2)
  expect(factsOf(played[3]!.receipts, "staking.claimed")).toEqual([
    { kind: "staking.claimed", agent: "ann", amountWei: earned[0], amountMicros: 0n },
  ])
})

test("an emission that looks for a bonded share sees holders' stakes beside the providers'", async () => {
  const terms = { inflationPpb: 1_000_000n, changePpb: 100_000n, targetPpb: 300_000n, floorPpb: 0n, ceilingPpb: 10_000_000n }
  const seeking: Genesis = { ...genesis, emissions: { kind: "bondingTarget", ...terms, epochSeconds: SECONDS_PER_DAY / 2 } }
  const released = async (stakedWei: bigint) => {
    const stake: Orders = stakedWei > 0n ? [["ann", { kind: "staking.stake", amountWei: stakedWei }]] : []
    return factsOf((await play([[...register, ...stake], epoch(0)], seeking))[1]!.receipts, "emissions.released")[0]!.amountWei
  }
  // A hundred tokens of a million are the provider's: with two hundred more the target is met.
  expect(await Promise.all([0n, 200n, 201n].map((count) => released(tokens(count))))).toEqual([1_100n, 1_000n, 900n].map(tokens))
})

test("fees are shared in dollars; while nobody stakes all goes to treasury and providers", async () => {
  const job = (slot: number): Orders => [
    [
      "cleo",
      { kind: "market.open", slot, provider: providers[0], amountMicros: 100_000_000n, deadlineSeconds: genesis.startSeconds + 1e6 },
    ],
    ["cleo", { kind: "market.complete", slot }],
    ["bob", { kind: "staking.distribute" }],
  ]
  const played = await play([register, [...job(0), ...epoch(0)], [["ann", { kind: "staking.stake", amountWei: 4n }]], job(0)])
  // 12.34 % of 100 dollars, of which 45.67 % are burned.
  const feeMicros = 12_340_000n - (12_340_000n * 4_567n) / 10_000n
  expect(factsOf(played[1]!.receipts, "staking.distributed")).toEqual([
    { kind: "staking.distributed", stakersMicros: 0n, treasuryMicros: feeMicros },
  ])
  expect(factsOf(played[1]!.receipts, "staking.funded")[0]!.amountWei).toBe(0n)
  expect(factsOf(played[3]!.receipts, "staking.distributed")).toEqual([
    { kind: "staking.distributed", stakersMicros: feeMicros / 2n, treasuryMicros: feeMicros - feeMicros / 2n },
  ])
  expect(played[3]!.after.staking.stakers.get("ann")!.earnedMicros).toBe(feeMicros / 2n)
})

test("a stake that is taken out earns nothing and waits; mistakes are refused", async () => {
  const played = await play([
    [...register, ["ann", { kind: "staking.stake", amountWei: tokens(10n) }]],
    [
      ["ann", { kind: "staking.requestUnstake", amountWei: tokens(11n) }],
      ["ann", { kind: "staking.requestUnstake", amountWei: tokens(10n) }],
      ["ann", { kind: "staking.withdraw" }],
      ["ann", { kind: "staking.claim" }],
      ["ann", { kind: "staking.stake", amountWei: 0n }],
      ["ann", { kind: "staking.distribute" }],
      ["bob", { kind: "staking.stake", amountWei: tokens(5_000n) }],
    ],
    epoch(0),
    epoch(1),
    epoch(1),
    [["ann", { kind: "staking.withdraw" }]],
  ])
  expect(played[1]!.receipts.map(({ reason }) => reason)).toEqual([
    "InsufficientStake",
    "",
    "StillUnbonding",
    "NothingEarned",
    "ZeroAmount",
    "NothingToDistribute",
    "ERC20InsufficientBalance",
  ])
  expect(played.at(-1)!.after.staking).toMatchObject({ stakedWei: 0n, unbondingWei: 0n, owedWei: 0n })
  expect(played.at(-1)!.after.token.balanceWei.get(stakingAccount)).toBe(0n)
})
