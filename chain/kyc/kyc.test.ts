import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import type { Action, Genesis, LedgerView } from "../../sim/ledger.ts"
import { gateAccount, gatedPoolAccount } from "../../sim/protocols/kyc.ts"
import { amountOut } from "../../sim/protocols/pool.ts"
import { holders, worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { MICROS_PER_USD, WEI_PER_TOKEN } from "../../sim/units.ts"
import { kycBacking } from "../../sim/invariants/kycBacking.ts"
import { adapters } from "../adapters.ts"
import { type Orders, playTicks } from "../yield.fixture.ts"

const tokens = (count: bigint) => count * WEI_PER_TOKEN
const usd = (count: bigint) => count * MICROS_PER_USD
const genesis: Genesis = {
  ...worldGenesis,
  kyc: {
    tokenWei: tokens(2_000n),
    dollarMicros: usd(1_000n),
    isPaused: false,
    isExitOpen: true,
    officer: "node-1",
    users: holders,
  },
}
const officer = "node-1"
const verify = (account: string, country = 756): Orders => [
  [account, { kind: "kyc.request", country }],
  [officer, { kind: "kyc.createIdentity", account }],
  [officer, { kind: "kyc.addClaim", account }],
  [officer, { kind: "kyc.register", account, country }],
]
const wrap = (amountWei: bigint): Action => ({ kind: "kyc.wrap", amountWei })
const unwrap = (amountWei: bigint): Action => ({ kind: "kyc.unwrap", amountWei })
const buy = (amountIn: bigint): Action => ({ kind: "kyc.swap", sell: "dollar", amountIn, amountOutMin: 0n })
const sell = (amountIn: bigint): Action => ({ kind: "kyc.swap", sell: "token", amountIn, amountOutMin: 0n })
const give = (to: string, amountWei: bigint): Action => ({ kind: "kyc.transfer", to, amountWei })

const play = (ticks: ReadonlyArray<Orders>, changes: Partial<NonNullable<Genesis["kyc"]>> = {}) =>
  Effect.runPromise(
    playTicks(
      { ...genesis, kyc: { ...genesis.kyc!, ...changes } },
      ticks.map((orders) => () => orders),
    ),
  )
const reasons = ({ receipts }: Awaited<ReturnType<typeof play>>[number]) => receipts.map(({ reason }) => reason)

test("the twin reaches only who is verified, and says why", async () => {
  const [opening, second] = await play([
    [
      ["ann", wrap(tokens(10n))],
      ["ann", buy(usd(10n))],
      ...verify("ann"),
      ["ann", wrap(tokens(10n))],
      ["ann", give("bob", 1n)],
      ["ann", give("gpu-1", 1n)],
      ["ann", buy(usd(10n))],
      ["bob", { kind: "kyc.register", account: "bob", country: 756 }],
    ],
    [...verify("bob"), ["ann", give("bob", tokens(1n))], ["bob", unwrap(tokens(1n))]],
  ])
  expect(reasons(opening!)).toEqual([
    "Identity is not verified.",
    // The pair swallows the token's words.
    "UniswapV2: TRANSFER_FAILED",
    ...["", "", "", "", ""],
    ...["Transfer not possible", "Transfer not possible", ""],
    "AgentRole: caller does not have the Agent role",
  ])
  expect(reasons(second!)).toEqual(["", "", "", "", "", ""])
  expect(second!.after.kyc.members.get("bob")).toMatchObject({ isVerified: true, isFrozen: false, country: 756, balanceWei: 0n })
})

test("one for one to the last unit, and nothing for nothing", async () => {
  const odd = 123_456_789_012_345_678n
  const [first] = await play([
    [
      ...verify("ann"),
      ["ann", wrap(odd)],
      ["ann", wrap(1n)],
      ["ann", unwrap(odd)],
      ["ann", wrap(0n)],
      ["ann", unwrap(0n)],
      ["ann", unwrap(2n)],
      ["ann", wrap(tokens(100_000n))],
    ],
  ])
  expect(reasons(first!).slice(4)).toEqual(["", "", "", "ZeroAmount", "ZeroAmount", "Insufficient Balance", "ERC20InsufficientBalance"])
  const { before, after } = first!
  expect(after.kyc.members.get("ann")!.balanceWei).toBe(1n)
  expect(after.kyc.supplyWei).toBe(tokens(2_000n) + 1n)
  expect(after.token.balanceWei.get(gateAccount)).toBe(tokens(2_000n) + 1n)
  expect(after.token.balanceWei.get("ann")).toBe(before.token.balanceWei.get("ann")! - 1n)
})

test("the gated pool trades by the open one's formula", async () => {
  const [first] = await play([[...verify("ann"), ["ann", wrap(tokens(100n))], ["ann", sell(tokens(7n))], ["ann", buy(usd(3n))]]])
  const [sale, purchase] = factsOf(first!.receipts, "kyc.swapped")
  const soldFor = amountOut(tokens(7n), tokens(2_000n), usd(1_000n))
  expect(sale).toEqual({ kind: "kyc.swapped", agent: "ann", sell: "token", amountIn: tokens(7n), amountOut: soldFor })
  expect(purchase).toMatchObject({
    sell: "dollar",
    amountIn: usd(3n),
    amountOut: amountOut(usd(3n), usd(1_000n) - soldFor, tokens(2_007n)),
  })
  expect(first!.after.kyc.tokenReserveWei).toBe(tokens(2_007n) - purchase!.amountOut)
})

test("a frozen wallet can neither sell, take out, send nor receive, until the freeze is lifted", async () => {
  const freeze = (isFrozen: boolean): Orders[number] => [officer, { kind: "kyc.freeze", account: "ann", isFrozen }]
  const [, frozen, lifted] = await play([
    [...verify("ann"), ...verify("bob"), ["ann", wrap(tokens(10n))], ["bob", wrap(tokens(10n))]],
    [
      freeze(true),
      ["ann", sell(tokens(1n))],
      ["ann", unwrap(tokens(1n))],
      ["ann", give("bob", 1n)],
      ["bob", give("ann", 1n)],
      ["ann", buy(usd(1n))],
      ["bob", { kind: "kyc.freeze", account: "ann", isFrozen: false }],
      ["bob", sell(tokens(1n))],
    ],
    [freeze(false), ["ann", sell(tokens(1n))], ["ann", unwrap(tokens(1n))]],
  ])
  expect(reasons(frozen!)).toEqual([
    "",
    "TransferHelper: TRANSFER_FROM_FAILED",
    "wallet is frozen",
    "wallet is frozen",
    "wallet is frozen",
    "UniswapV2: TRANSFER_FAILED",
    "AgentRole: caller does not have the Agent role",
    "",
  ])
  expect(frozen!.after.kyc.members.get("ann")).toMatchObject({ isFrozen: true, isVerified: true, balanceWei: tokens(10n) })
  expect(reasons(lifted!)).toEqual(["", "", ""])
})

test("the pool trades because it is an identity itself", async () => {
  const [first] = await play([
    [
      ...verify("ann"),
      ["ann", wrap(tokens(10n))],
      ["ann", sell(tokens(1n))],
      [officer, { kind: "kyc.remove", account: gatedPoolAccount }],
      ["ann", sell(tokens(1n))],
      ["ann", buy(usd(1n))],
    ],
  ])
  expect(first!.before.kyc.members.get(gatedPoolAccount)!.isVerified).toBe(true)
  expect(reasons(first!).slice(5)).toEqual(["", "", "TransferHelper: TRANSFER_FROM_FAILED", ""])
})

describe("who is struck off", () => {
  const strikeOff: ReadonlyArray<Orders> = [
    [...verify("ann"), ...verify("bob"), ["ann", wrap(tokens(10n))], ["bob", wrap(tokens(10n))]],
    [
      [officer, { kind: "kyc.remove", account: "ann" }],
      ["ann", buy(usd(1n))],
      ["ann", wrap(tokens(1n))],
      ["bob", give("ann", 1n)],
      ["ann", sell(tokens(1n))],
      ["ann", give("bob", tokens(1n))],
      ["ann", unwrap(tokens(1n))],
    ],
  ]
  const cannotComeBack = ["UniswapV2: TRANSFER_FAILED", "Identity is not verified.", "Transfer not possible"]

  test("cannot buy, wrap or receive, and leaves by the pool, to the verified, and by the gate", async () => {
    const [, struck] = await play(strikeOff)
    expect(reasons(struck!)).toEqual(["", ...cannotComeBack, "", "", ""])
    expect(struck!.after.kyc.members.get("ann")).toMatchObject({ isVerified: false, balanceWei: tokens(7n) })
  })

  test("only sells where the gate is shut to them", async () => {
    const [, struck] = await play(strikeOff, { isExitOpen: false })
    expect(reasons(struck!)).toEqual(["", ...cannotComeBack, "", "", "NotVerified"])
  })
})

test("before the vote nothing moves, and a verified holder can only come in", async () => {
  const [closed, opened] = await play(
    [
      [
        ...verify("ann"),
        ["ann", wrap(tokens(10n))],
        ["ann", sell(tokens(1n))],
        ["ann", buy(usd(1n))],
        ["ann", unwrap(tokens(1n))],
        ["ann", { kind: "kyc.unpause" }],
      ],
      [
        [officer, { kind: "kyc.unpause" }],
        ["ann", sell(tokens(1n))],
        ["ann", unwrap(tokens(1n))],
      ],
    ],
    { isPaused: true },
  )
  expect(reasons(closed!).slice(4)).toEqual([
    "",
    "TransferHelper: TRANSFER_FROM_FAILED",
    "UniswapV2: TRANSFER_FAILED",
    "Pausable: paused",
    "AgentRole: caller does not have the Agent role",
  ])
  expect([closed!.before.kyc.isPaused, closed!.after.kyc.isPaused, opened!.after.kyc.isPaused]).toEqual([true, true, false])
  expect(reasons(opened!)).toEqual(["", "", ""])
})

test("only who is among the users can be verified, from a country", async () => {
  const [first] = await play([[["ann", { kind: "kyc.request", country: 0 }]]])
  expect(reasons(first!)).toEqual(["ZeroCountry"])
  await expect(play([[[officer, { kind: "kyc.addClaim", account: "gpu-1" }]]])).rejects.toThrow("gpu-1 may not be verified")
})

test("a defect of the gate is noticed", async () => {
  const [first] = await play([[...verify("ann"), ["ann", wrap(tokens(10n))], ["ann", sell(tokens(1n))]]])
  const { before, after, receipts } = first!
  const { kyc, token, dollar } = after
  const member = (id: string, by: bigint): LedgerView["kyc"] => {
    const found = kyc.members.get(id)!
    return { ...kyc, members: new Map([...kyc.members, [id, { ...found, balanceWei: found.balanceWei + by }]]) }
  }
  const moved = (balances: ReadonlyMap<string, bigint>, from: string, to: string) =>
    new Map([...balances, [from, balances.get(from)! - 1n], [to, balances.get(to)! + 1n]])
  const noticed = (corrupted: Partial<LedgerView>) => kycBacking.check(before, { ...after, ...corrupted }, receipts)
  expect(noticed({})).toBeUndefined()
  expect(noticed({ token: { ...token, balanceWei: moved(token.balanceWei, gateAccount, "ann") } })).toMatch(/network tokens of the gate/)
  expect(noticed({ kyc: member("ann", 1n) })).toMatch(/in all hands/)
  expect(noticed({ kyc: { ...member("ann", 1n), supplyWei: kyc.supplyWei + 1n } })).toMatch(/network tokens of the gate/)
  expect(noticed({ kyc: { ...kyc, tokenReserveWei: kyc.tokenReserveWei + 1n } })).toMatch(/twin in the gated pool/)
  expect(noticed({ dollar: { ...dollar, balanceMicros: moved(dollar.balanceMicros, gatedPoolAccount, "ann") } })).toMatch(/dollars in the/)
  expect(kycBacking.check(before, after, receipts.slice(0, 4))).toMatch(/network tokens of the gate|supply of the twin/)
})

test("takes the gas that docs/kyc.md says", async () => {
  const played = await Effect.runPromise(
    playTicks({ ...genesis, isMetered: true }, [
      () => [...verify("ann"), ["ann", wrap(tokens(10n))], ["ann", sell(tokens(1n))], ["ann", buy(usd(1n))]],
      () => [...verify("bob"), ["ann", give("bob", tokens(1n))], ["ann", unwrap(tokens(2n))], ["ann", wrap(tokens(1n))]],
      () => [
        [officer, { kind: "kyc.freeze", account: "ann", isFrozen: true }],
        [officer, { kind: "kyc.remove", account: "bob" }],
      ],
    ]),
  )
  const used = played.flatMap(({ receipts }) => receipts.map(({ order, meter }) => [order.action.kind, Number(meter!.gasUsed)] as const))
  const verification = [
    ["kyc.request", 45_322],
    ["kyc.createIdentity", 491_095],
    ["kyc.addClaim", 286_688],
    ["kyc.register", 79_590],
  ] as const
  expect(used).toEqual([
    ...verification,
    ["kyc.wrap", 253_021],
    ["kyc.swap", 319_317],
    ["kyc.swap", 269_609],
    ...verification,
    ["kyc.transfer", 231_059],
    ["kyc.unwrap", 261_868],
    ["kyc.wrap", 235_921],
    ["kyc.freeze", 61_415],
    ["kyc.remove", 59_778],
  ])
  for (const [kind, gas] of used) expect(gas, kind).toBeLessThan(0.7 * Number(adapters[kind].gas))
})
