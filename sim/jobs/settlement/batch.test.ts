import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { moment } from "../../clock.ts"
import type { Action, Receipt } from "../../ledger.ts"
import { total } from "../../invariant.ts"
import type { JobRequest, RunningJob, Unsettled } from "../job.ts"
import { afterPosting, batchActions, emptyTab, type Tab, writeDown } from "./batch.ts"

const batch = { kind: "batch", hours: 24, windowHours: 0 } as const
const rates = { feeBps: 1_234, creditBps: 567 }
const at = (tick: number) => moment({ start: "2026-01-01", days: 90, ticksPerDay: 4, epochDays: 1 }, tick)

const request: JobRequest = {
  id: "job",
  buyer: "ann",
  kind: "inference",
  gpuCount: 1,
  workHoursPerGpu: 1,
  arrivalHours: 0,
  limitUsdPerWorkHour: 1,
  cloudUsdPerWorkHour: 1,
  valueUsdPerWorkHour: 1,
}
const ended = (buyer: string, provider: string, amountMicros: bigint, rest: Partial<Unsettled> = {}): Unsettled => ({
  job: { request: { ...request, buyer }, provider, amountMicros } as RunningJob,
  outcome: "completed",
  keptMicros: 0n,
  ...rest,
})

const closeIn = (actions: ReadonlyArray<Action>) => {
  const close = actions.at(-1)
  if (close?.kind !== "batches.close") throw new Error("no batch was closed")
  return close
}

const receiptOf = (action: Action, status: Receipt["status"]): Receipt => ({
  order: { agent: "operator", action, tipWei: 0n },
  status,
  reason: "",
  facts: [],
})

describe("a tab", () => {
  it("nets many jobs to one sum a buyer and one a provider; of a failed job it asks what was not lost", () => {
    const tab = writeDown(emptyTab, [
      ended("ann", "gpu-1", 10n),
      ended("ann", "gpu-2", 20n),
      ended("bob", "gpu-1", 40n),
      ended("bob", "gpu-2", 80n, { outcome: "failed" }),
      ended("bob", "gpu-2", 160n, { outcome: "failed", keptMicros: 5n }),
    ])
    expect(tab.owedMicros).toEqual(
      new Map([
        ["ann", 30n],
        ["bob", 45n],
      ]),
    )
    expect(tab.grossMicros).toEqual(
      new Map([
        ["gpu-1", 50n],
        ["gpu-2", 25n],
      ]),
    )
  })

  it("is posted in the first tick of each period, and not before", () => {
    const tab = writeDown(emptyTab, [ended("ann", "gpu-1", 1_000n)])
    const isPosted = (tick: number, hours: number) => batchActions(tab, { ...batch, hours }, rates, at(tick)).length > 0
    expect([1, 2, 3, 4, 5, 6, 9].filter((tick) => isPosted(tick, 24))).toEqual([1, 5, 9])
    expect([2, 3, 4, 5].filter((tick) => isPosted(tick, 6))).toEqual([2, 3, 4, 5])
    expect(batchActions(emptyTab, batch, rates, at(5))).toEqual([])
    expect(batchActions(tab, undefined, rates, at(5))).toEqual([])
  })

  it("is clean when the market took it, and posted again when it refused", () => {
    const tab = writeDown(emptyTab, [ended("ann", "gpu-1", 1_000n)])
    const close = closeIn(batchActions(tab, batch, rates, at(5)))
    expect(afterPosting(tab, [receiptOf(close, "reverted")])).toBe(tab)
    expect(afterPosting(tab, [receiptOf(close, "ok")])).toEqual({
      owedMicros: new Map(),
      grossMicros: new Map(),
      earnedMicros: close.earnedMicros,
    })
  })

  it("does not ask a buyer again for a part that was debited before the end of the batch was refused", () => {
    const buyers = Array.from({ length: 501 }, (_, index) => `buyer-${index}`)
    const tab = writeDown(
      emptyTab,
      buyers.map((buyer) => ended(buyer, "gpu-1", 1_000n)),
    )
    const posted = batchActions(tab, batch, rates, at(5))
    const [first, second] = posted
    const half = afterPosting(tab, [receiptOf(first!, "ok"), receiptOf(second!, "reverted"), receiptOf(closeIn(posted), "reverted")])
    expect(half).toEqual({ ...tab, owedMicros: new Map([["buyer-500", 1_000n]]) })
    const again = batchActions(half, batch, rates, at(9))
    expect(again.map(({ kind }) => kind)).toEqual(["batches.debit", "batches.close"])
    expect(closeIn(again)).toEqual(closeIn(posted))
    // Where every part was taken, only the end is left to post.
    const all = afterPosting(tab, [receiptOf(first!, "ok"), receiptOf(second!, "ok"), receiptOf(closeIn(posted), "reverted")])
    expect(batchActions(all, batch, rates, at(9))).toEqual([closeIn(posted)])
  })

  it("never credits more than it debits less fees, nor a micro-dollar a provider and two less", () => {
    const jobs = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 30 }), fc.bigInt({ min: 1n, max: 10n ** 9n })),
      {
        minLength: 1,
        maxLength: 60,
      },
    )
    fc.assert(
      fc.property(jobs, fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 0, max: 1_000 }), (list, feeBps, creditBps) => {
        const tab: Tab = writeDown(
          emptyTab,
          list.map(([buyer, provider, micros]) => ended(`buyer-${buyer}`, `gpu-${provider}`, micros)),
        )
        const actions = batchActions(tab, batch, { feeBps, creditBps }, at(5))
        const close = closeIn(actions)
        const gross = actions.reduce((sum, action) => (action.kind === "batches.debit" ? sum + total(action.debitMicros) : sum), 0n)
        expect(gross).toBe(list.reduce((sum, [, , micros]) => sum + micros, 0n))
        expect(total(close.earnedMicros)).toBe(close.creditedMicros)
        const payable = gross - (gross * BigInt(feeBps)) / 10_000n - (gross * BigInt(creditBps)) / 10_000n
        expect(close.creditedMicros).toBeLessThanOrEqual(payable)
        expect(close.creditedMicros + BigInt(close.providerCount) + 2n).toBeGreaterThanOrEqual(payable)
      }),
      { seed: 20_261_128, numRuns: 200 },
    )
  })
})
