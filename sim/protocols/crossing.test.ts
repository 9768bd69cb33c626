import fc from "fast-check"
import { expect, test } from "vitest"
import { crossing } from "./crossing.ts"

const shapes: ReadonlyArray<(x: bigint) => bigint> = [
  (x) => x,
  (x) => x * x * x,
  (x) => (x < 1_000n ? x / 7n : 10n ** 30n + x),
  (x) => 10n ** 12n - 10n ** 24n / (x + 1n),
]

test("finds the last point that is not above zero", () => {
  const high = 10n ** 9n
  fc.assert(
    fc.property(fc.constantFrom(...shapes), fc.bigInt(0n, high), (shape, root) => {
      const f = (x: bigint) => shape(x) - shape(root)
      const found = crossing(f, 0n, high, 0n)
      expect(f(found)).toBe(0n)
    }),
    { seed: 20_261_123 },
  )
})

test("stops where it is near enough, and soon", () => {
  let looks = 0
  const f = (x: bigint) => {
    looks++
    return x * x - 2n * 10n ** 40n
  }
  const found = crossing(f, 0n, 10n ** 21n, 10n ** 31n)
  expect(f(found)).toBeLessThanOrEqual(0n)
  expect(f(found)).toBeGreaterThanOrEqual(-(10n ** 31n))
  expect(looks).toBeLessThan(25)
})

test("stays at the lower end where all the rest is above zero", () => {
  expect(crossing((x) => x, 0n, 100n, 0n)).toBe(0n)
  expect(crossing((x) => (x > 0n ? 5n : -5n), 0n, 100n, 1n)).toBe(0n)
})
