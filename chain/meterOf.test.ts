import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { Ledger, type Order } from "../sim/ledger.ts"
import { worldGenesis } from "../sim/testing/worldGenesis.ts"
import { chainLedger } from "./chainLedger.ts"
import { meterOf } from "./meterOf.ts"

const orders: ReadonlyArray<Order> = (
  [
    ["ann", { kind: "dollar.transfer", to: "burn", amountMicros: 30n }],
    ["ann", { kind: "pool.swap", sell: "token", amountIn: 10n ** 18n, amountOutMin: 0n }],
    ["bob", { kind: "rewards.claim" }],
    ["gpu-1", { kind: "registry.register", gpuCount: 1, stakeWei: 100n * 10n ** 18n }],
    ["node-1", { kind: "oracle.report", epoch: 0, workMillis: new Map([["gpu-1", 1_000n]]) }],
  ] as const
).map(([agent, action]) => ({ agent, action, tipWei: 1n }))

const settle = (isMetered: boolean) =>
  Effect.runPromise(
    Effect.gen(function* () {
      const ledger = yield* Ledger
      const settlement = yield* ledger.settle(orders, worldGenesis.startSeconds + 21_600)
      return { ...settlement, digest: yield* ledger.stateDigest }
    }).pipe(Effect.provide(chainLedger({ ...worldGenesis, ...(isMetered ? { isMetered } : {}) }))),
  )

describe("a metered chain", () => {
  test("says what each transaction took, reverted ones too, and changes nothing else", async () => {
    const [plain, metered] = [await settle(false), await settle(true)]
    expect(metered.receipts.map(({ meter: _, ...receipt }) => receipt)).toEqual(plain.receipts)
    expect(metered.digest).toBe(plain.digest)
    expect(metered.receipts.map(({ status }) => status)).toEqual(["ok", "ok", "reverted", "ok", "ok"])
    const meters = metered.receipts.map(({ meter }) => meter!)
    expect(meters.reduce((sum, { gasUsed }) => sum + gasUsed, 0n)).toBe(metered.gasUsed)
    for (const { gasUsed, calldata, encoded } of meters) {
      expect(gasUsed).toBeGreaterThan(21_000n)
      // The envelope: two words of signature, an address, and the numbers.
      const envelope = encoded.zeros + encoded.others - calldata.zeros - calldata.others
      expect(envelope).toBeGreaterThan(100n)
      expect(envelope).toBeLessThan(130n)
    }
    // A transfer: a selector and two words.
    expect(meters[0]!.calldata.zeros + meters[0]!.calldata.others).toBe(68n)
  })
})

test("bytes that say nothing compress, and a signature does not", () => {
  const sizeOf = (words: number) =>
    meterOf({ from: "0x", to: `0x${"11".repeat(20)}`, data: `0x${"00".repeat(32 * words)}`, gas: 100_000 }, 3, 50_000n).fastLzBytes
  expect(sizeOf(100) - sizeOf(10)).toBeLessThan(100n)
  expect(sizeOf(10)).toBeGreaterThan(100n)
})
