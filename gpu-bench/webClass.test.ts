import { describe, expect, test } from "vitest"
import { datasheets, peaksOf } from "./datasheet.ts"
import type { KernelResult } from "./result.ts"
import { nearCards, probeRatesOf } from "./webClass.ts"

const ratesOf = (id: string, { bytes = 0.85, f32 = 0.85, int32 = 0.5 } = {}) => {
  const peaks = peaksOf(datasheets.find((sheet) => sheet.id === id)!)
  return { triad: bytes * peaks.bytes, fma: f32 * peaks.f32, hash: int32 * peaks.int32 }
}

const result = (kernel: string, size: KernelResult["size"], medianMs: number, isRight = true) =>
  ({ kernel, size, isRight, regimes: [{ medianMs }] }) as unknown as KernelResult

describe("the class of a card by its web figures", () => {
  test.each(datasheets.map(({ id }) => id))("%s that reaches what is expected is itself", (id) => {
    const [nearest] = nearCards(ratesOf(id))
    expect(nearest!.sheet.id).toBe(id)
    expect(nearest!.distance).toBeCloseTo(0, 12)
  })

  test("a kernel that reaches a fifth less or more than expected does not move a card that stands apart", () => {
    for (const share of [0.8, 1.2])
      for (const id of ["rtx-5090", "b200", "l4", "rtx-3060"]) expect(nearCards(ratesOf(id, { bytes: 0.85 * share }))[0]!.sheet.id).toBe(id)
  })

  test("cards of one chip stand for one class, and cards that lie close are all named", () => {
    const near = nearCards(ratesOf("h100-pcie", { bytes: 0.85, f32: 0.85 }))
    expect(near[0]).toMatchObject({ profile: "h100" })
    const between = { ...ratesOf("rtx-4090"), triad: Math.sqrt(1008 * 864) * 1e9 * 0.85 }
    expect(nearCards(between).map(({ profile }) => profile)).toEqual(expect.arrayContaining(["rtx-4090", "l40s"]))
  })

  test("an integrated card and one beyond all are near none", () => {
    const slow = ratesOf("rtx-3060")
    expect(nearCards({ triad: slow.triad / 6, fma: slow.fma / 6, hash: slow.hash / 6 })).toEqual([])
    const fast = ratesOf("b200")
    expect(nearCards({ triad: fast.triad * 3, fma: fast.fma * 3, hash: fast.hash * 3 })).toEqual([])
  })

  test("rates come from the kernels' demand and time, and not from a wrong, missing or untimed kernel", () => {
    const triad = result("triad", { n: 1_000_000 }, 2)
    const fma = result("fma", { n: 1_000, rounds: 10 }, 4)
    const hash = result("hash", { n: 1_000, rounds: 10 }, 1)
    const { triad: bytes, fma: flop, hash: operations } = probeRatesOf([triad, fma, hash])!
    expect(bytes).toBeCloseTo(6e9, 0)
    expect(flop).toBeCloseTo(8e7, 0)
    expect(operations).toBeCloseTo(9e7, 0)
    expect(probeRatesOf([triad, fma])).toBeUndefined()
    expect(probeRatesOf([triad, fma, result("hash", { n: 1_000, rounds: 10 }, 1, false)])).toBeUndefined()
    expect(probeRatesOf([triad, fma, result("hash", { n: 1_000, rounds: 10 }, 0)])).toBeUndefined()
  })
})
