import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf, sumOf } from "../../sim/facts.ts"
import { invariants } from "../../sim/invariants/index.ts"
import type { Action, Genesis, LedgerView } from "../../sim/ledger.ts"
import { uptimeAccount, uptimeTerms } from "../../sim/protocols/uptime.ts"
import { providers, worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { SECONDS_PER_DAY, WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, playTicks } from "../yield.fixture.ts"

const tokens = (count: bigint) => count * WEI_PER_TOKEN
const nodes = ["node-1", "node-2", "node-3", "node-4"]
const [good, poor, late] = providers as ReadonlyArray<string> as readonly [string, string, string]
const terms = {
  feed: "watch",
  budgetTokens: 100,
  bonusTokensPerGpu: 20,
  uptimeShareMin: 0.999,
  penaltyShareMax: 0.9,
  slashBps: 1_000,
  putsOut: true,
  monthDays: 7,
  keeperTokens: 1,
}
const genesisWith = (changes: Partial<typeof terms> = {}): Genesis => ({
  ...worldGenesis,
  feeds: [{ id: "watch", kind: "forwarder", decimals: 8, faulty: 1, nodes }],
  uptime: uptimeTerms({ ...terms, ...changes }),
  accounts: [...worldGenesis.accounts, ...[...nodes, "keeper"].map((id) => ({ id, tokenWei: 0n, dollarMicros: 0n }))],
})
const register = (provider: string, gpuCount: number): Orders[number] => [
  provider,
  { kind: "registry.register", gpuCount, stakeWei: tokens(100n * BigInt(gpuCount)) },
]
const report = (day: number, uptimes: Readonly<Record<string, number>>, signers = nodes.slice(0, 2)): Orders[number] => [
  "node-1",
  { kind: "uptime.report", day, uptimeBps: new Map(Object.entries(uptimes)), signers },
]
const perform = (month: number, from: number, to: number): Orders[number] => ["keeper", { kind: "uptime.perform", month, from, to }]
/** Four ticks a day; orders of some ticks by their number from 0, which is when a day begins. */
const play = (genesis: Genesis, ticks: number, orders: Readonly<Record<number, Orders>>) =>
  Effect.runPromise(
    playTicks(
      genesis,
      Array.from({ length: ticks }, (_, tick) => () => orders[tick] ?? []),
    ),
  )
const daily = (days: number, uptimes: Readonly<Record<string, number>>): Record<number, Orders> =>
  Object.fromEntries(Array.from({ length: days }, (_, day) => [4 * (day + 1), [report(day, uptimes)]]))

test("a month of enough uptime is paid for once, too little is slashed and put out, and whoever came late waits", async () => {
  const days = daily(7, { [good]: 9_995, [poor]: 8_000 })
  const played = await play(genesisWith(), 32, {
    ...days,
    0: [register(good, 2), register(poor, 1)],
    9: [register(late, 1)],
    20: [...days[20]!, perform(1, 0, 3)],
    28: [report(6, { [good]: 9_985, [poor]: 8_000, [late]: 10_000 }), perform(1, 0, 3), perform(1, 0, 3), perform(2, 0, 3)],
  })
  const due = played.map(({ after }) => after.uptime.due)
  expect(due[27]).toBeUndefined()
  expect(due[28]).toBeUndefined()
  expect(played[20]!.receipts.map(({ reason }) => reason)).toEqual(["", "NotDue"])
  const { receipts, before, after } = played[28]!
  expect(receipts.map(({ reason }) => reason)).toEqual(["", "", "NotDue", "NotDue"])
  // 9 995 on six days and 9 985 on one are 9 993 and a half.
  expect(factsOf(receipts, "uptime.bonusPaid")).toEqual([
    { kind: "uptime.bonusPaid", provider: good, month: 1, uptimeBps: 9_993, amountWei: tokens(40n) },
  ])
  expect(factsOf(receipts, "uptime.penalised")).toEqual([{ kind: "uptime.penalised", provider: poor, month: 1, uptimeBps: 8_000 }])
  expect(factsOf(receipts, "registry.slashed")).toEqual([{ kind: "registry.slashed", provider: poor, amountWei: tokens(10n) }])
  expect(after.registry.providers.get(poor)!.status).toBe("unbonding")
  expect(factsOf(receipts, "uptime.performed")).toEqual([
    { kind: "uptime.performed", agent: "keeper", month: 1, feeWei: tokens(1n), isMonthSettled: true },
  ])
  expect(after.token.balanceWei.get(uptimeAccount)).toBe(tokens(59n))
  expect(after.token.balanceWei.get("keeper")).toBe(tokens(1n))
  expect(before.uptime.nextDay).toBe(6)
  expect(after.uptime.nextDay).toBe(7)
})

test("a budget that does not do for all pays by the order of registration, the last what is left, and then nobody", async () => {
  const played = await play(genesisWith({ budgetTokens: 50, keeperTokens: 0 }), 61, {
    ...daily(14, { [good]: 10_000, [late]: 10_000 }),
    0: [register(good, 2), register(late, 1)],
    29: [perform(1, 0, 2)],
    58: [perform(2, 0, 2)],
  })
  const paid = (tick: number) => factsOf(played[tick]!.receipts, "uptime.bonusPaid").map(({ provider, amountWei }) => [provider, amountWei])
  expect(paid(29)).toEqual([
    [good, tokens(40n)],
    [late, tokens(10n)],
  ])
  expect(played[58]!.receipts.map(({ status }) => status)).toEqual(["ok"])
  expect(paid(58)).toEqual([])
})

test("uptimes come signed, in order, after their day, and a month that nobody settles takes no more", async () => {
  const played = await play(genesisWith(), 33, {
    ...daily(6, { [good]: 10_000 }),
    0: [register(good, 1), report(0, { [good]: 10_000 })],
    4: [report(0, { [good]: 10_000 }, ["node-1"]), report(0, { [good]: 10_000 }), report(0, { [good]: 9_999 })],
    28: [report(6, { [good]: 10_000 })],
    32: [report(7, { [good]: 10_000 })],
  })
  expect(factsOf(played[0]!.receipts, "feeds.undelivered")).toHaveLength(1)
  expect(played[4]!.receipts.map(({ reason, facts }) => [reason, facts.map(({ kind }) => kind)])).toEqual([
    ["InvalidSignatureCount", []],
    ["", ["uptime.reported"]],
    ["", ["feeds.undelivered"]],
  ])
  expect(played[28]!.after.uptime).toEqual({ nextDay: 7, due: { month: 1, from: 0, to: 1 } })
  expect(factsOf(played[32]!.receipts, "feeds.undelivered")).toHaveLength(1)
})

test("a missing token of the budget and a forged answer are noticed", async () => {
  const [{ before, after, receipts } = expect.unreachable()] = await play(genesisWith(), 1, {
    0: [
      register(good, 1),
      [
        "node-1",
        {
          kind: "feeds.report",
          feed: "watch",
          observedSeconds: worldGenesis.startSeconds + SECONDS_PER_DAY / 4,
          answer: 5n,
          signers: nodes.slice(0, 2),
        } satisfies Action,
      ],
    ],
  })
  const notice = (corrupted: LedgerView) =>
    Object.entries(invariants)
      .filter(([, { check }]) => check(before, corrupted, receipts) !== undefined)
      .map(([name]) => name)
  const purse = (wei: bigint) => new Map([...after.token.balanceWei, [uptimeAccount, after.token.balanceWei.get(uptimeAccount)! + wei]])
  const feed = after.feeds.get("watch")!
  expect(sumOf(receipts, "feeds.updated", ({ answer }) => answer)).toBe(5n)
  expect(notice(after)).toEqual([])
  expect(notice({ ...after, token: { ...after.token, balanceWei: purse(-1n) } })).toEqual(["tokenConservation", "bonusBacking"])
  expect(notice({ ...after, feeds: new Map([["watch", { ...feed, answer: 6n }]]) })).toEqual(["feedAnswers"])
  expect(notice({ ...after, feeds: new Map([["watch", { ...feed, roundId: 2 }]]) })).toEqual(["feedAnswers"])
})
