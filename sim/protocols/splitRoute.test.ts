import fc from "fast-check"
import { expect, test } from "vitest"
import { amountOut } from "./pool.ts"
import { type Reserves, splitRoute } from "./splitRoute.ts"

const seed = 20_261_123
const reserve = fc.bigInt(10n ** 15n, 10n ** 25n)
const pools = fc.array(fc.record({ reserveIn: reserve, reserveOut: reserve }), { minLength: 1, maxLength: 4 })
const sum = (amounts: ReadonlyArray<bigint>) => amounts.reduce((total, amount) => total + amount, 0n)
const output = (amounts: ReadonlyArray<bigint>, list: ReadonlyArray<Reserves>) =>
  sum(amounts.map((amount, i) => amountOut(amount, list[i]!.reserveIn, list[i]!.reserveOut)))

test("sells everything, and never less than nothing", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 25n), pools, (amountIn, list) => {
      const amounts = splitRoute(amountIn, list)
      expect(sum(amounts)).toBe(amountIn)
      expect(amounts.every((amount) => amount >= 0n)).toBe(true)
    }),
    { seed },
  )
})

test("no shift from one pool to another pays more", () => {
  const shift = fc.record({ from: fc.nat({ max: 3 }), to: fc.nat({ max: 3 }), percent: fc.bigInt(1n, 100n) })
  fc.assert(
    fc.property(fc.bigInt(10n ** 6n, 10n ** 25n), pools, shift, (amountIn, list, { from, to, percent }) => {
      const best = splitRoute(amountIn, list)
      const moved = ((best[from % list.length] ?? 0n) * percent) / 100n
      const shifted = [...best]
      shifted[from % list.length]! -= moved
      shifted[to % list.length]! += moved
      // Each output is rounded down, and each amount by up to a unit of the dearer coin.
      const unitsOut = sum(list.map(({ reserveIn, reserveOut }) => reserveOut / reserveIn + 2n))
      expect(output(best, list) + unitsOut >= output(shifted, list)).toBe(true)
    }),
    { seed, numRuns: 500 },
  )
})

test("a pool that is too dear is left out", () => {
  const cheap = { reserveIn: 1_000n, reserveOut: 2_000n }
  const dear = { reserveIn: 1_000n, reserveOut: 500n }
  expect(splitRoute(100n, [dear, cheap])).toEqual([0n, 100n])
  expect(splitRoute(100n, [cheap, cheap])).toEqual([50n, 50n])
  expect(splitRoute(5n, [])).toEqual([])
})
