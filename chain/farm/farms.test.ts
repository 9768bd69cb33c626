import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import type { Fact, Genesis, Receipt } from "../../sim/ledger.ts"
import { WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, playTicks, yieldGenesis } from "../yield.fixture.ts"

const play = (...args: Parameters<typeof playTicks>) => Effect.runPromise(playTicks(...args))
const facts = (receipts: ReadonlyArray<Receipt>): ReadonlyArray<Fact> => receipts.flatMap(({ facts }) => facts)
const reasons = (receipts: ReadonlyArray<Receipt>) => receipts.map(({ reason }) => reason)
const idle = (): Orders => []
const times = <A>(count: number, one: A): ReadonlyArray<A> => Array.from({ length: count }, () => one)
const share = 10n ** 9n

describe.each(["synthetix", "sushi"])("farm %s", (farm) => {
  const terms = yieldGenesis.farms!.find(({ id }) => id === farm)!
  const isChef = terms.kind === "masterChef"
  const start: Orders = [["operator", { kind: "farm.start", farm }]]
  const stakeAll = [
    ["ann", { kind: "farm.stake", farm, shares: 3n * share }],
    ["bob", { kind: "farm.stake", farm, shares: share }],
  ] as const satisfies Orders
  const end: Orders = isChef ? [["operator", { kind: "farm.end", farm }]] : []

  test("splits its reward by stake and time, pays no unit more than it has, and stops", async () => {
    const played = await play(yieldGenesis, [
      () => [...start, ...stakeAll],
      ...times(39, idle),
      () => end,
      ...times(3, idle),
      () => [
        ["ann", { kind: "farm.exit", farm, shares: 3n * share }],
        ["bob", { kind: "farm.claim", farm }],
        ["bob", { kind: "farm.unstake", farm, shares: share }],
      ],
    ])
    const [first] = played
    expect(facts(first!.receipts)).toEqual([
      { kind: "farm.started", farm, rewardWei: terms.rewardWei },
      { kind: "farm.staked", farm, agent: "ann", shares: 3n * share },
      { kind: "farm.staked", farm, agent: "bob", shares: share },
    ])
    const view = first!.after.farms.get(farm)!
    expect(view).toMatchObject({ totalShares: 4n * share, startSeconds: terms.startSeconds, endSeconds: terms.endSeconds })
    expect(Number(view.rewardWeiPerDay) / Number(terms.rewardWei)).toBeCloseTo(1 / 10, 9)

    const earned = (tick: number) => played[tick]!.after.farms.get(farm)!.earnedWei
    const [annBefore, bobBefore] = [earned(19).get("ann")!, earned(19).get("bob")!]
    expect(Number(annBefore) / Number(bobBefore)).toBeCloseTo(3, 6)
    // Half of the programme: 19 ticks and, where blocks count, the rest of the first tick's.
    expect(Number(annBefore + bobBefore) / Number(terms.rewardWei)).toBeCloseTo(isChef ? (19 * 3 + 2) / 120 : 19 / 40, 6)

    const owed = earned(42)
    expect(owed).toEqual(earned(40))
    expect(played[40]!.after.farms.get(farm)!.rewardWeiPerDay).toBe(0n)
    const last = facts(played.at(-1)!.receipts)
    expect(last).toEqual(
      expect.arrayContaining([
        { kind: "farm.rewardPaid", farm, agent: "ann", amountWei: owed.get("ann") },
        { kind: "farm.rewardPaid", farm, agent: "bob", amountWei: owed.get("bob") },
        { kind: "farm.unstaked", farm, agent: "ann", shares: 3n * share },
        { kind: "farm.unstaked", farm, agent: "bob", shares: share },
      ]),
    )
    expect(last).toHaveLength(4)
    const paid = owed.get("ann")! + owed.get("bob")!
    expect(terms.rewardWei - paid).toBeGreaterThanOrEqual(0n)
    expect(terms.rewardWei - paid).toBeLessThan(10n ** 13n)
  })

  test("keeps the supply of the token as it is, and the stakes whole", async () => {
    const played = await play(yieldGenesis, [
      () => [...start, ...stakeAll],
      ...times(6, idle),
      () => [["ann", { kind: "farm.claim", farm }]],
    ])
    for (const { after } of played) expect(after.token.supplyWei).toBe(yieldGenesis.supplyWei)
    const { after, before } = played.at(-1)!
    expect(after.token.balanceWei.get("ann")! - before.token.balanceWei.get("ann")!).toBe(
      after.token.balanceWei.get("ann")! - played[0]!.after.token.balanceWei.get("ann")!,
    )
    expect(after.farms.get(farm)!.shares).toEqual(
      new Map([
        ["ann", 3n * share],
        ["bob", share],
      ]),
    )
  })

  test("refuses more than a stake, a stake of nothing, and a stake before it can", async () => {
    const played = await play(yieldGenesis, [
      () => [["ann", { kind: "farm.stake", farm, shares: share }]],
      () => [...start, ["ann", { kind: "farm.stake", farm, shares: share }], ["ann", { kind: "farm.unstake", farm, shares: 3n * share }]],
      () => [["cleo", { kind: "farm.stake", farm, shares: share }]],
    ])
    const [early, greedy, poor] = played.map(({ receipts }) => reasons(receipts))
    expect(early).toEqual([isChef ? "reverted without a reason" : ""])
    expect(greedy!.at(-1)).toBe(isChef ? "withdraw: not good" : "SafeMath: subtraction overflow")
    expect(poor).toEqual([isChef ? "ds-math-sub-underflow" : "SafeERC20: low-level call failed"])
  })
})

describe("MasterChef here", () => {
  const stake: Orders = [
    ["operator", { kind: "farm.start", farm: "sushi" }],
    ["ann", { kind: "farm.stake", farm: "sushi", shares: share }],
  ]
  const crowd: Orders = times(350, ["bob", { kind: "token.transfer", to: "ann", amountWei: 1n }] as const)

  test("pays by the block, of which a crowded tick has more", async () => {
    const [, calm, crowded] = await play(yieldGenesis, [() => stake, idle, () => crowd])
    const earned = ({ before, after }: typeof calm & {}) =>
      after.farms.get("sushi")!.earnedWei.get("ann")! - before.farms.get("sushi")!.earnedWei.get("ann")!
    expect(calm!.after.blockNumber - calm!.before.blockNumber).toBe(3)
    expect(crowded!.after.blockNumber - crowded!.before.blockNumber).toBe(4)
    const perBlock = (1_200n * WEI_PER_TOKEN) / 120n
    expect(earned(calm!)).toBeGreaterThan(3n * perBlock - share)
    expect(earned(crowded!)).toBeGreaterThan(4n * perBlock - share)
  })

  test("never locks a stake in when its budget is spent: who claims last goes short", async () => {
    const perBlock = (1_200n * WEI_PER_TOKEN) / 120n
    // The budget of ten days, divided by half of the blocks that there are.
    const rash: Genesis = { ...yieldGenesis, blocksPerTick: 6 }
    const played = await play(rash, [
      () => [...stake, ["bob", { kind: "farm.stake", farm: "sushi", shares: share }]],
      ...times(23, idle),
      () => [
        ["ann", { kind: "farm.unstake", farm: "sushi", shares: share }],
        ["bob", { kind: "farm.unstake", farm: "sushi", shares: share }],
        ["operator", { kind: "farm.end", farm: "sushi" }],
      ],
    ])
    const { receipts, after, before } = played.at(-1)!
    expect(reasons(receipts)).toEqual(["", "", ""])
    const paid = facts(receipts).flatMap((fact) => (fact.kind === "farm.rewardPaid" ? [fact.amountWei] : []))
    expect(before.farms.get("sushi")!.earnedWei.get("bob")).toBeGreaterThan(70n * perBlock)
    expect(paid).toEqual([(144n / 2n) * perBlock, 48n * perBlock])
    expect(after.token.balanceWei.get("farm.sushi.budget")).toBe(0n)
    expect(after.farms.get("sushi")!.totalShares).toBe(0n)
  })
})
