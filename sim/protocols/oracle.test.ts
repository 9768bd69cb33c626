import fc from "fast-check"
import { expect, test } from "vitest"
import { median } from "./oracle.ts"

test("the middle value, the upper one of an even count", () => {
  expect(median([])).toBe(0n)
  expect(median([7n])).toBe(7n)
  expect(median([1n, 9n])).toBe(9n)
  expect(median([9n, 1n, 5n])).toBe(5n)
  expect(median([4n, 1n, 3n, 2n])).toBe(3n)
  expect(median([10n, 9n, 100n])).toBe(10n)
})

test("as many values below as above, in any order of reports", () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 50n), { minLength: 1, maxLength: 15 }), (values) => {
      const found = median(values)
      expect(values.includes(found)).toBe(true)
      expect(values.filter((value) => value < found).length <= values.length / 2).toBe(true)
      expect(values.filter((value) => value > found).length < values.length / 2).toBe(true)
      expect(median([...values].reverse())).toBe(found)
    }),
    { seed: 20_261_123 },
  )
})

test("a minority of liars cannot move it outside the honest values", () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt(100n, 110n), { minLength: 4, maxLength: 4 }),
      fc.array(fc.bigInt(0n, 10_000n), { minLength: 3, maxLength: 3 }),
      (honest, liars) => {
        const found = median([...honest, ...liars])
        expect(found >= 100n && found <= 110n).toBe(true)
      },
    ),
    { seed: 20_261_123 },
  )
})
