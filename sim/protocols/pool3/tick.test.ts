import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { MAX_SQRT_RATIO, MAX_TICK, MIN_SQRT_RATIO, MIN_TICK, sqrtRatioAtTick, tickAtSqrtRatio, usableTick, widestTicks } from "./tick.ts"

const seed = 20_261_123
const tick = fc.integer({ min: MIN_TICK, max: MAX_TICK - 1 })

describe("ticks and prices", () => {
  /** v3-core, test/__snapshots__/TickMath.spec.ts.snap and the constants of TickMath.sol. */
  test.each([
    [MIN_TICK, MIN_SQRT_RATIO],
    [MIN_TICK + 1, 4_295_343_490n],
    [0, 2n ** 96n],
    [MAX_TICK - 1, 1_461_373_636_630_004_318_706_518_188_784_493_106_690_254_656_249n],
    [MAX_TICK, MAX_SQRT_RATIO],
  ])("tick %i is at %i", (at, price) => {
    expect(sqrtRatioAtTick(at)).toBe(price)
  })

  test("1.0001 to the tick, from one end to the other", () => {
    fc.assert(
      fc.property(tick, (at) => {
        const root = Number(sqrtRatioAtTick(at)) / 2 ** 96
        expect(root / 1.0001 ** (at / 2)).toBeCloseTo(1, 7)
      }),
      { seed },
    )
  })

  test("the tick of a price is the greatest that is not above it", () => {
    fc.assert(
      fc.property(tick, fc.bigInt(0n, 10n ** 9n), (at, share) => {
        const [low, high] = [sqrtRatioAtTick(at), sqrtRatioAtTick(at + 1)]
        expect(tickAtSqrtRatio(low)).toBe(at)
        expect(tickAtSqrtRatio(high - 1n)).toBe(at)
        expect(tickAtSqrtRatio(low + ((high - low - 1n) * share) / 10n ** 9n)).toBe(at)
      }),
      { seed },
    )
  })

  test("nothing beyond the outermost prices", () => {
    expect(() => sqrtRatioAtTick(MAX_TICK + 1)).toThrow("invalid tick: 887273")
    expect(() => sqrtRatioAtTick(MIN_TICK - 1)).toThrow("invalid tick")
    expect(() => tickAtSqrtRatio(MAX_SQRT_RATIO)).toThrow("invalid price")
    expect(() => tickAtSqrtRatio(MIN_SQRT_RATIO - 1n)).toThrow("invalid price")
    expect(tickAtSqrtRatio(MIN_SQRT_RATIO)).toBe(MIN_TICK)
    expect(tickAtSqrtRatio(MAX_SQRT_RATIO - 1n)).toBe(MAX_TICK - 1)
  })

  test("usable ticks lie on the pool's grid", () => {
    expect([-61, -60, -1, 0, 59, 60].map((at) => usableTick(at, 60))).toEqual([-120, -60, -60, 0, 0, 60])
    expect([1, 10, 60, 200].map(widestTicks)).toEqual([
      { tickLower: -887_272, tickUpper: 887_272 },
      { tickLower: -887_270, tickUpper: 887_270 },
      { tickLower: -887_220, tickUpper: 887_220 },
      { tickLower: -887_200, tickUpper: 887_200 },
    ])
  })
})
