import { describe, expect, it } from "vitest"
import type { Actor } from "./actor.ts"
import { type Book, openBooks } from "./books.ts"
import { toMicros } from "./units.ts"
import { paybackYears, providerReturn, roiPerYear } from "./providerReturn.ts"

const actor = (params: Readonly<Record<string, unknown>> = {}): Actor => ({
  id: "hall-1",
  kind: "provider",
  group: "hall",
  agent: { role: "provider" } as Actor["agent"],
  params: {
    gpu: "card",
    gpuCount: 2,
    hardwareUsdPerGpuHour: 0.1,
    debtUsdPerGpu: 0,
    capex: { usdPerGpu: 8_760, residualShare: 0, years: 1, financingPerYear: 0, isOwned: false },
    ...params,
  },
  rng: () => {
    throw new Error("nothing is drawn")
  },
})
const figure = { value: 1, provenance: "assumed" as const, source: "test" }
const gpus = new Map([
  ["card", { id: "card", label: "card", date: "2026", memoryGib: 1, workHoursPerGpuHour: {}, loadWatts: figure, idleWatts: figure }],
])
const books = openBooks([actor()])
/** Half a year in which the two cards were charged 1 USD of capital and 0.1 USD of hosting an hour each. */
const book = (changes: Partial<Book> = {}): Book => ({
  ...books.get("hall-1")!,
  activeDays: 182.5,
  hardwareUsd: 2 * 1.1 * 182.5 * 24,
  ...changes,
})

describe("the return on hardware", () => {
  it("counts income less running costs against the price of the hardware", () => {
    const own = providerReturn(actor(), book({ jobRevenueUsd: 10_000, rewardUsd: 1_000, energyUsd: 500 }), undefined, gpus)!
    const hosting = 2 * 0.1 * 182.5 * 24
    expect(own.capexUsd).toBe(2 * 8_760)
    expect(own.operatingUsd).toBeCloseTo(10_500 - hosting, 6)
    expect(own.depreciationUsd).toBeCloseTo(8_760, 6)
    expect(roiPerYear(own)).toBeCloseTo((10_500 - hosting - 8_760) / 17_520 / 0.5, 9)
    expect(paybackYears(own)).toBeCloseTo(17_520 / ((10_500 - hosting) * 2), 9)
  })

  it("is the same whether bills are paid or stand open, and whoever financed the hardware", () => {
    const paid = providerReturn(actor(), book({ jobRevenueUsd: 5_000, energyUsd: 300 }), undefined, gpus)!
    const open = { energyMicros: toMicros(300), hardwareMicros: toMicros(2 * 1.1 * 182.5 * 24) }
    const late = providerReturn(actor(), book({ jobRevenueUsd: 5_000, hardwareUsd: 0 }), open, gpus)!
    expect(late.operatingUsd).toBeCloseTo(paid.operatingUsd, 6)
    const onCredit = actor({ debtUsdPerGpu: 8_760 })
    const hostingUsd = 2 * 0.1 * 182.5 * 24
    const financed = book({ jobRevenueUsd: 5_000, energyUsd: 300, hardwareUsd: hostingUsd, debtServiceUsd: 9_000 })
    expect(providerReturn(onCredit, financed, undefined, gpus)!.operatingUsd).toBeCloseTo(paid.operatingUsd, 6)
  })

  it("has no payback where hardware costs more than it brings, and no return where nobody says its price", () => {
    expect(paybackYears(providerReturn(actor(), book({ energyUsd: 10 }), undefined, gpus)!)).toBeUndefined()
    expect(providerReturn(actor({ capex: undefined }), book(), undefined, gpus)).toBeUndefined()
  })

  it("takes mining for income, and own use for none", () => {
    const plain = providerReturn(actor(), book(), undefined, gpus)!.operatingUsd
    expect(providerReturn(actor(), book({ miningUsd: 70, ownUseUsd: 900 }), undefined, gpus)!.operatingUsd).toBeCloseTo(plain + 70, 6)
  })
})
