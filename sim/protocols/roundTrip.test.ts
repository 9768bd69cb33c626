import fc from "fast-check"
import { expect, test } from "vitest"
import { amountOut } from "./pool.ts"
import { roundTrip } from "./roundTrip.ts"
import type { Reserves } from "./splitRoute.ts"

const reserve = fc.bigInt(10n ** 15n, 10n ** 25n)
const pool = fc.record({ reserveIn: reserve, reserveOut: reserve })
const profit = (amount: bigint, first: Reserves, second: Reserves) =>
  amountOut(amountOut(amount, first.reserveIn, first.reserveOut), second.reserveIn, second.reserveOut) - amount

test("no other amount earns more", () => {
  fc.assert(
    fc.property(pool, pool, fc.bigInt(0n, 300n), (first, second, percent) => {
      const best = roundTrip(first, second)
      // A unit lost in the middle is worth as much as a unit of it buys at the end.
      const tolerance = 4n + second.reserveOut / second.reserveIn
      for (const other of [(best * percent) / 100n, best + 10n ** 9n])
        expect(profit(best, first, second) + tolerance >= profit(other, first, second)).toBe(true)
    }),
    { seed: 20_261_123, numRuns: 500 },
  )
})

test("nothing inside the fee band, something just outside it", () => {
  const one = 10n ** 18n
  const level = { reserveIn: 1_000n * one, reserveOut: 1_000n * one }
  // Two fees of 0.3 % take 1 - 0.997^2 = 0.5991 %, so a price 0.6027 % better is the edge.
  const at = (reserveOut: bigint) => roundTrip(level, { reserveIn: 1_000n * one, reserveOut })
  expect(at(1_003n * one)).toBe(0n)
  expect(at(1_006n * one)).toBe(0n)
  expect(at((10_061n * one) / 10n) > 0n).toBe(true)
})
