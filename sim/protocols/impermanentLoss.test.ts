import fc from "fast-check"
import { expect, test } from "vitest"
import { impermanentLoss } from "./impermanentLoss.ts"

const ratio = fc.double({ min: 0.01, max: 100, noNaN: true })

test("the closed form of a constant product, alike for a rise and the same fall", () => {
  fc.assert(
    fc.property(ratio, (k) => {
      expect(impermanentLoss(k)).toBeCloseTo((2 * Math.sqrt(k)) / (1 + k) - 1, 12)
      expect(impermanentLoss(1 / k)).toBeCloseTo(impermanentLoss(k), 12)
    }),
    { seed: 20_261_123 },
  )
})

test("never a gain, nothing where the price stands, and worse the narrower the range", () => {
  fc.assert(
    fc.property(ratio, fc.double({ min: 1.01, max: 4, noNaN: true }), (k, width) => {
      const narrow = impermanentLoss(k, { low: 1 / width, high: width })
      const wide = impermanentLoss(k, { low: 1 / (2 * width), high: 2 * width })
      expect(narrow).toBeLessThanOrEqual(1e-12)
      expect(narrow).toBeLessThanOrEqual(wide + 1e-12)
      expect(wide).toBeLessThanOrEqual(impermanentLoss(k) + 1e-12)
    }),
    { seed: 20_261_123 },
  )
  expect(impermanentLoss(1)).toBe(0)
  expect(impermanentLoss(1, { low: 0.5, high: 2 })).toBe(0)
})
