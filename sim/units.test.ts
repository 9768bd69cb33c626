import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  AMOUNT_MAX,
  fromMicros,
  fromMillis,
  fromWei,
  maxBigint,
  minBigint,
  mulDiv,
  sqrtBigint,
  toBps,
  toMicros,
  toMillis,
  toWei,
  usdPerToken,
} from "./units.ts"

const seed = 20_261_123

describe("floats to smallest units", () => {
  test("exact where the float is", () => {
    expect(toWei(1.5)).toBe(1_500_000_000_000_000_000n)
    expect(toWei(1e-9)).toBe(1_000_000_000n)
    expect(toMicros(0.25)).toBe(250_000n)
    expect(toMillis(1.999)).toBe(1_999n)
    expect(toBps(0.12345)).toBe(1_235n)
    expect(toWei(AMOUNT_MAX)).toBe(10n ** 30n)
  })

  test("rounded down, never up", () => {
    expect(toMicros(0.9999999)).toBe(999_999n)
    expect(toMillis(0.0009)).toBe(0n)
    expect(toWei(9.9e-10)).toBe(0n)
  })

  test.each([Number.NaN, -1e-9, Number.POSITIVE_INFINITY, AMOUNT_MAX * 1.001])("%d is refused", (amount) => {
    expect(() => toWei(amount)).toThrow("invalid amount")
    expect(() => toMicros(amount)).toThrow("invalid amount")
    expect(() => toMillis(amount)).toThrow("invalid amount")
  })

  test("whole cents survive the way there and back", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000_000 }), (millis) => {
        expect(fromMillis(BigInt(millis))).toBe(millis / 1000)
        expect(Math.abs(fromMicros(toMicros(millis / 1000)) - millis / 1000)).toBeLessThanOrEqual(1e-6)
        expect(Math.abs(fromWei(toWei(millis / 1000)) - millis / 1000)).toBeLessThanOrEqual(2e-9)
      }),
      { seed },
    )
  })
})

test("the price of a token", () => {
  expect(usdPerToken(5_000_000n, 10n * 10n ** 18n)).toBe(0.5)
  expect(usdPerToken(5n, 0n)).toBe(0)
})

test("mulDiv is the floor of the exact quotient", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 200n), fc.bigInt(0n, 2n ** 200n), fc.bigInt(1n, 2n ** 200n), (a, b, c) => {
      const quotient = mulDiv(a, b, c)
      expect(quotient * c <= a * b && (quotient + 1n) * c > a * b).toBe(true)
    }),
    { seed },
  )
})

describe("integer square root", () => {
  test("the largest whose square does not exceed", () => {
    const numbers = fc.oneof(
      fc.bigInt(0n, 10_000n),
      fc.bigInt(0n, 2n ** 256n - 1n),
      fc.bigInt(1n, 2n ** 128n - 1n).chain((root) => fc.constantFrom(root * root - 1n, root * root, root * root + 1n)),
    )
    fc.assert(
      fc.property(numbers, (n) => {
        const root = sqrtBigint(n)
        expect(root * root <= n && (root + 1n) * (root + 1n) > n).toBe(true)
      }),
      { seed, numRuns: 1_000 },
    )
  })
  test("not of a negative number", () => expect(() => sqrtBigint(-1n)).toThrow("negative"))
})

test("least and greatest", () => {
  expect(minBigint(-1n, 2n ** 70n)).toBe(-1n)
  expect(maxBigint(-1n, 2n ** 70n)).toBe(2n ** 70n)
})
