import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import type { Genesis } from "../../sim/ledger.ts"
import { lenderAccount, lendingTerms } from "../../sim/protocols/lending.ts"
import { amountOut } from "../../sim/protocols/pool.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { MICROS_PER_USD, WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, playTicks } from "../yield.fixture.ts"

const usd = (count: bigint) => count * MICROS_PER_USD
const genesis: Genesis = {
  ...worldGenesis,
  lending: lendingTerms({ capitalUsd: 5_000, interestPerYear: 0.365, termDays: 3, missedDaysMax: 1 }),
}
const stakeWei = 300n * WEI_PER_TOKEN
const enter: Orders = [
  ["gpu-1", { kind: "registry.register", gpuCount: 2, stakeWei }],
  ["gpu-1", { kind: "lending.borrow", amountMicros: usd(1_000n) }],
  ["gpu-1", { kind: "dollar.redeem", amountMicros: usd(1_000n), purpose: "purchase" }],
]
const wait: Orders = [["bob", { kind: "token.transfer", to: "bob", amountWei: 0n }]]
const repay: Orders = [["gpu-1", { kind: "lending.repay" }]]
const day = [wait, wait, wait]
const play = (ticks: ReadonlyArray<Orders>) =>
  Effect.runPromise(
    playTicks(
      genesis,
      ticks.map((orders) => () => orders),
    ),
  )
const reasons = (played: Awaited<ReturnType<typeof play>>[number]) => played.receipts.map(({ reason }) => reason)

test("a loan is paid back in daily parts, rounded up, with the interest of the day; then its owner may leave", async () => {
  const played = await play([
    enter,
    [["gpu-1", { kind: "registry.requestExit" }]],
    ...[wait, wait, repay],
    ...[...day, repay],
    ...[...day, repay],
    [...repay, ["gpu-1", { kind: "registry.requestExit" }]],
  ])
  expect(reasons(played[1]!)).toEqual(["InDebt"])
  const part = usd(1_000n) / 3n + 1n
  // A thousandth a day.
  expect(played.flatMap(({ receipts }) => factsOf(receipts, "lending.repaid"))).toEqual([
    { kind: "lending.repaid", agent: "gpu-1", interestMicros: usd(1n), principalMicros: part },
    { kind: "lending.repaid", agent: "gpu-1", interestMicros: 666_667n, principalMicros: part },
    { kind: "lending.repaid", agent: "gpu-1", interestMicros: 333_334n, principalMicros: usd(1_000n) - 2n * part },
  ])
  expect(reasons(played.at(-1)!)).toEqual(["NoLoan", ""])
  expect(played.at(-1)!.after.lending).toMatchObject({ principalMicros: 0n, lostMicros: 0n })
})

test("who is too late is put out and cannot borrow again; the stake is sold in the pool, and the rest is lost", async () => {
  const foreclose: Orders = [["ann", { kind: "lending.foreclose", provider: "gpu-1" }]]
  const played = await play([enter, ...day, foreclose, ...day, foreclose, [...foreclose, ...enter]])
  expect(reasons(played[4]!)).toEqual(["NotYet"])
  expect(reasons(played[8]!)).toEqual(["NotYet"])
  const { before, receipts, after } = played[9]!
  const receivedMicros = amountOut(stakeWei, before.pool.tokenReserveWei, before.pool.dollarReserveMicros)
  expect(receipts[0]!.facts).toEqual([
    { kind: "registry.evicted", provider: "gpu-1", amountWei: stakeWei },
    { kind: "pool.swapped", agent: lenderAccount, sell: "token", amountIn: stakeWei, amountOut: receivedMicros },
    { kind: "lending.foreclosed", provider: "gpu-1", principalMicros: usd(1_000n), seizedWei: stakeWei, receivedMicros },
  ])
  expect(receipts.map(({ reason }) => reason)).toEqual(["", "", "Defaulted", ""])
  expect(after.lending).toMatchObject({ principalMicros: 0n, lostMicros: usd(1_000n) - receivedMicros })
  expect(after.dollar.balanceMicros.get(lenderAccount)).toBe(usd(4_000n) + receivedMicros)
})

test("what a stake brings beyond the debt is its owner's", async () => {
  const small: Orders = [...enter.slice(0, 1), ["gpu-1", { kind: "lending.borrow", amountMicros: usd(3n) }]]
  const played = await play([small, ...day, ...day, ...day, [["ann", { kind: "lending.foreclose", provider: "gpu-1" }]]])
  const { before, receipts, after } = played.at(-1)!
  const { receivedMicros } = factsOf(receipts, "lending.foreclosed")[0]!
  expect(receivedMicros).toBeGreaterThan(usd(100n))
  const gain = after.dollar.balanceMicros.get("gpu-1")! - before.dollar.balanceMicros.get("gpu-1")!
  expect(gain).toBe(receivedMicros - usd(3n))
  expect(after.lending.lostMicros).toBe(0n)
})

test("there are no loans of nothing, to strangers, or two at once", async () => {
  const [first] = await play([
    [
      ["gpu-2", { kind: "lending.borrow", amountMicros: 1n }],
      ...enter.slice(0, 2),
      ["gpu-1", { kind: "lending.borrow", amountMicros: 0n }],
      ["gpu-1", { kind: "lending.borrow", amountMicros: 1n }],
      ["gpu-2", { kind: "lending.repay" }],
      ["gpu-2", { kind: "lending.foreclose", provider: "gpu-2" }],
      ["gpu-2", { kind: "registry.register", gpuCount: 1, stakeWei }],
      ["gpu-2", { kind: "lending.borrow", amountMicros: usd(4_001n) }],
    ],
  ])
  expect(reasons(first!)).toEqual(["NotActive", "", "", "ZeroAmount", "LoanOpen", "NoLoan", "NoLoan", "", "ERC20InsufficientBalance"])
})
