import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import type { Genesis } from "../../sim/ledger.ts"
import { burnTerms } from "../../sim/protocols/burn.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { SECONDS_PER_DAY, WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, playTicks } from "../yield.fixture.ts"

const tokens = (count: bigint) => count * WEI_PER_TOKEN
const genesis: Genesis = { ...worldGenesis, burn: burnTerms({ kind: "lock", lockDaysMax: 10 }) }
const day = (number: number) => genesis.startSeconds + number * SECONDS_PER_DAY
const pay = (micros: bigint): Orders => [
  ["cleo", { kind: "dollar.transfer", to: "burn", amountMicros: micros }],
  ["cleo", { kind: "burn.execute" }],
]
const wait: Orders = [["bob", { kind: "token.transfer", to: "bob", amountWei: 0n }]]
const play = (ticks: ReadonlyArray<Orders>) =>
  Effect.runPromise(
    playTicks(
      genesis,
      ticks.map((orders) => () => orders),
    ),
  )

test("dollars are shared by tokens times time left, and a lock that is over gets nothing more", async () => {
  const played = await play([
    [
      ["ann", { kind: "lock.lock", amountWei: tokens(100n), endSeconds: day(9) }],
      ["bob", { kind: "lock.lock", amountWei: tokens(300n), endSeconds: day(2) }],
    ],
    wait,
    wait,
    // The end of day 1: ann has 8 days left, bob 1.
    pay(11_000_000n),
    wait,
    wait,
    wait,
    wait,
    // After day 2 only ann is left.
    pay(7_000_000n),
    [["bob", { kind: "lock.withdraw" }]],
    [
      ["ann", { kind: "lock.claim" }],
      ["bob", { kind: "lock.claim" }],
    ],
  ])
  const owed = (tick: number) => ["ann", "bob"].map((id) => played[tick]!.after.locks.locks.get(id)!.owedMicros)
  expect(factsOf(played[3]!.receipts, "lock.distributed")).toEqual([
    { kind: "lock.distributed", amountMicros: 11_000_000n, weightWei: tokens(110n) },
  ])
  expect(owed(3)).toEqual([7_999_999n, 2_999_999n])
  expect(owed(8)).toEqual([14_999_999n, 2_999_999n])
  expect(factsOf(played[10]!.receipts, "lock.claimed").map(({ amountMicros }) => amountMicros)).toEqual([14_999_999n, 2_999_999n])
  expect(played[9]!.after.locks.lockedWei).toBe(tokens(100n))
  // The units that no division gives out stay.
  expect(played.at(-1)!.after.locks.owedMicros).toBe(2n)
})

test("a lock can grow and be put off, but not end sooner, later than allowed, or within a day; dollars wait for the first one", async () => {
  const [first, second] = await play([
    [
      ["cleo", { kind: "dollar.transfer", to: "burn", amountMicros: 5n }],
      ["cleo", { kind: "burn.execute" }],
      ["ann", { kind: "lock.lock", amountWei: 0n, endSeconds: day(2) }],
      ["ann", { kind: "lock.lock", amountWei: 1n, endSeconds: day(2) + 1 }],
      ["ann", { kind: "lock.lock", amountWei: 1n, endSeconds: day(11) }],
      ["ann", { kind: "lock.lock", amountWei: 1n, endSeconds: day(0) }],
      ["ann", { kind: "lock.lock", amountWei: tokens(1n), endSeconds: day(5) }],
      ["ann", { kind: "lock.lock", amountWei: tokens(1n), endSeconds: day(4) }],
      ["ann", { kind: "lock.lock", amountWei: tokens(2n), endSeconds: day(6) }],
      ["ann", { kind: "lock.withdraw" }],
      ["bob", { kind: "lock.withdraw" }],
      ["ann", { kind: "lock.claim" }],
    ],
    [["cleo", { kind: "burn.execute" }]],
  ])
  expect(first!.receipts.map(({ reason }) => reason)).toEqual([
    "",
    "NothingToSpend",
    "ZeroAmount",
    "BadEnd",
    "BadEnd",
    "BadEnd",
    "",
    "BadEnd",
    "",
    "StillLocked",
    "ZeroAmount",
    "NothingOwed",
  ])
  expect(first!.after.locks.locks.get("ann")).toEqual({ amountWei: tokens(3n), endSeconds: day(6), owedMicros: 0n })
  expect(second!.after.burn.spentMicros).toBe(5n)
})
