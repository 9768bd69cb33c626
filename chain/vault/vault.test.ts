import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import type { Fact, Genesis, LedgerView, Receipt } from "../../sim/ledger.ts"
import { type Orders, playTicks, yieldGenesis } from "../yield.fixture.ts"

const play = (...args: Parameters<typeof playTicks>) => Effect.runPromise(playTicks(...args))
const facts = (receipts: ReadonlyArray<Receipt>): ReadonlyArray<Fact> => receipts.flatMap(({ facts }) => facts)
const reasons = (receipts: ReadonlyArray<Receipt>) => receipts.map(({ reason }) => reason)
const idle = (): Orders => []
const times = <A>(count: number, one: A): ReadonlyArray<A> => Array.from({ length: count }, () => one)
const share = 10n ** 14n

describe.each(["synthetix", "sushi"])("the vault over farm %s", (farm) => {
  const open: Orders = [
    ["operator", { kind: "farm.start", farm }],
    ["ann", { kind: "vault.deposit", poolShares: 3n * share }],
    ["bob", { kind: "vault.mint", vaultShares: share * 1_000_000n }],
    ["cleo", { kind: "vault.rebalance", farm, debt: 4n * share }],
  ]
  const harvest: Orders = [["cleo", { kind: "vault.harvest", farm, profitMin: 1n }]]

  test("makes pool shares of rewards, takes its fee in shares, and releases the rest over a day", async () => {
    const played = await play(yieldGenesis, [() => open, ...times(3, idle), () => harvest, ...times(4, idle)])
    expect(facts(played[0]!.receipts).slice(1)).toEqual([
      { kind: "vault.deposited", agent: "ann", poolShares: 3n * share, vaultShares: 3_000_000n * share },
      { kind: "vault.deposited", agent: "bob", poolShares: share, vaultShares: 1_000_000n * share },
      { kind: "farm.staked", farm, agent: `strategy.${farm}`, shares: 4n * share },
      { kind: "vault.rebalanced", farm, debt: 4n * share },
    ])

    const { before, after, receipts } = played[4]!
    expect(facts(receipts).map(({ kind }) => kind)).toEqual([
      "farm.rewardPaid",
      "pool.swapped",
      "pool.liquidityAdded",
      "farm.staked",
      "vault.reported",
    ])
    const [reward, , , staked, report] = facts(receipts) as [
      Extract<Fact, { kind: "farm.rewardPaid" }>,
      Fact,
      Fact,
      Extract<Fact, { kind: "farm.staked" }>,
      Extract<Fact, { kind: "vault.reported" }>,
    ]
    expect(report).toMatchObject({ farm, loss: 0n, profit: staked.shares })
    // Worth what the reward was worth at the price before, less the fee on the half that was sold and its push on the price.
    const part = Number(report.profit) / Number(after.pool.totalShares)
    const weiPerMicro = Number(before.pool.tokenReserveWei) / Number(before.pool.dollarReserveMicros)
    const value = part * (Number(after.pool.tokenReserveWei) + Number(after.pool.dollarReserveMicros) * weiPerMicro)
    expect(value / Number(reward.amountWei)).toBeGreaterThan(0.98)
    expect(value / Number(reward.amountWei)).toBeLessThan(1)
    // What did not fit the ratio is dust.
    expect(after.token.balanceWei.get(`strategy.${farm}`)! * 10_000n).toBeLessThan(reward.amountWei)

    const fee = report.profit / 10n
    expect(after.vault.lockedProfit).toBe(report.profit - fee)
    expect(after.vault.assets).toBe(before.vault.assets + fee)
    expect(fee - after.vault.worth.get("treasury")!).toBeLessThanOrEqual(1n)
    expect(after.vault.worth.get("treasury")!).toBeLessThanOrEqual(fee)
    expect(after.vault.worth.get("ann")).toBe(3n * share)
    const locked = played.slice(4).map((tick) => tick.after.vault.lockedProfit)
    expect(locked).toEqual([4n, 3n, 2n, 1n, 0n].map((quarters) => ((report.profit - fee) * quarters + 3n) / 4n))
    const ann = played.map((tick) => Number(tick.after.vault.worth.get("ann")))
    expect(ann.at(-1)! / (3 * Number(share))).toBeCloseTo(1 + Number(report.profit - fee) / Number(4n * share + fee), 6)
  })

  test("pays out of the strategy what is not idle, with the reward left for the next harvest", async () => {
    const played = await play(yieldGenesis, [
      () => open,
      idle,
      () => [
        ["ann", { kind: "vault.redeem", vaultShares: 3_000_000n * share }],
        ["bob", { kind: "vault.withdraw", poolShares: share }],
      ],
      () => harvest,
    ])
    const { receipts, after } = played[2]!
    expect(facts(receipts)).toEqual(
      expect.arrayContaining([
        { kind: "farm.unstaked", farm, agent: `strategy.${farm}`, shares: 3n * share },
        { kind: "vault.withdrawn", agent: "ann", poolShares: 3n * share, vaultShares: 3_000_000n * share },
        { kind: "vault.withdrawn", agent: "bob", poolShares: share, vaultShares: 1_000_000n * share },
      ]),
    )
    expect(after.vault).toMatchObject({ assets: 0n, totalShares: 0n })
    // Profit that came after everybody had left belongs to nobody but the treasury's fee shares and the virtual ones.
    expect(facts(played[3]!.receipts).at(-1)).toMatchObject({ kind: "vault.reported", loss: 0n })
  })

  test("obeys only its strategist, and only within what there is", async () => {
    const played = await play(yieldGenesis, [
      () => open,
      () => [
        ["ann", { kind: "vault.rebalance", farm, debt: 0n }],
        ["ann", { kind: "vault.harvest", farm, profitMin: 0n }],
        ["cleo", { kind: "vault.rebalance", farm, debt: 5n * share }],
        ["cleo", { kind: "vault.harvest", farm, profitMin: 10n ** 30n }],
        ["bob", { kind: "vault.redeem", vaultShares: 10n ** 30n }],
        ["bob", { kind: "vault.withdraw", poolShares: 10n ** 30n }],
      ],
    ])
    expect(reasons(played[1]!.receipts)).toEqual([
      "AccessControlUnauthorizedAccount",
      "AccessControlUnauthorizedAccount",
      "NotEnoughIdle",
      "ProfitTooSmall",
      "ERC4626ExceededMaxRedeem",
      "ERC4626ExceededMaxWithdraw",
    ])
  })
})

test("moves from one farm to the other", async () => {
  const played = await play(yieldGenesis, [
    () => [
      ["operator", { kind: "farm.start", farm: "synthetix" }],
      ["operator", { kind: "farm.start", farm: "sushi" }],
      ["ann", { kind: "vault.deposit", poolShares: 5n * share }],
      ["cleo", { kind: "vault.rebalance", farm: "synthetix", debt: 4n * share }],
    ],
    () => [
      ["cleo", { kind: "vault.rebalance", farm: "synthetix", debt: share }],
      ["cleo", { kind: "vault.rebalance", farm: "sushi", debt: 4n * share }],
    ],
  ])
  expect(played[1]!.after.vault).toMatchObject({ assets: 5n * share, idle: 0n })
  expect([...played[1]!.after.vault.strategies]).toEqual([
    ["synthetix", { debt: share, held: share }],
    ["sushi", { debt: 4n * share, held: 4n * share }],
  ])
})

// The attacker deposits one unit, gives the vault `gift` ahead of the victim's deposit of as much, and both leave.
describe("an inflation attack", () => {
  const deposit = 10n ** 12n
  const attack = async (guard: Partial<NonNullable<Genesis["vault"]>>, gift: bigint) => {
    const genesis: Genesis = {
      ...yieldGenesis,
      vault: { ...yieldGenesis.vault!, ...guard },
      farms: [],
    }
    const held = ({ pool }: LedgerView, id: string) => pool.shares.get(id)!
    const leave = ({ vault }: LedgerView): Orders =>
      ["ann", "bob"].map((id) => [id, { kind: "vault.redeem", vaultShares: vault.shares.get(id)! }] as const)
    const played = await play(genesis, [
      () => [["ann", { kind: "vault.deposit", poolShares: 1n }]],
      () => [
        ["ann", { kind: "vault.donate", poolShares: gift }],
        ["bob", { kind: "vault.deposit", poolShares: deposit }],
      ],
      leave,
    ])
    const [start, end] = [played[0]!.before, played.at(-1)!.after]
    return { attacker: held(end, "ann") - held(start, "ann"), victim: held(end, "bob") - held(start, "bob") }
  }

  test("takes the whole deposit where nothing guards the vault", async () => {
    expect(await attack({ hasVirtualShares: false }, deposit)).toEqual({ attacker: deposit, victim: -deposit })
  })

  test("takes a part where the victim's deposit is worth a share and a half", async () => {
    expect(await attack({ hasVirtualShares: false }, (2n * deposit) / 3n)).toEqual({ attacker: deposit / 6n, victim: -deposit / 6n })
  })

  test("costs the attacker as much as the victim with virtual shares and no offset", async () => {
    const { attacker, victim } = await attack({ decimalsOffset: 0 }, 2n * deposit)
    expect(victim).toBe(-deposit)
    expect(attacker).toBe(-deposit / 2n)
  })

  test("fails with an offset of six decimals: the attacker loses the gift, the victim next to nothing", async () => {
    const { attacker, victim } = await attack({ decimalsOffset: 6 }, deposit)
    expect(-victim * 1_000_000n).toBeLessThan(2n * deposit)
    expect(-attacker * 100n).toBeGreaterThan(49n * deposit)
  })
})
