import fc from "fast-check"
import { expect, test } from "vitest"
import { exp } from "../maths.ts"
import { fakeExponential } from "./fakeExponential.ts"

test("is the exponential to the precision of its integers", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 40n * 10n ** 6n), (numerator) => {
      const exact = 1e12 * exp(Number(numerator) / 1e6)
      expect(Math.abs(Number(fakeExponential(10n ** 12n, numerator, 10n ** 6n)) / exact - 1)).toBeLessThan(1e-9)
    }),
    { seed: 20_261_123 },
  )
})

test("is the factor at exponent 0", () => {
  expect(fakeExponential(7n, 0n, 3n)).toBe(7n)
})
