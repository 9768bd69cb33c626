import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { amountIn, amountOut, arbitrage, quote } from "./pool.ts"

const ONE = 10n ** 18n
const seed = 20_261_123
const reserve = fc.bigInt(1_000n, 10n ** 30n)

describe("amountOut", () => {
  /** Uniswap v2-core, test/UniswapV2Pair.spec.ts, in 1e18 units: in, reserve in, reserve out. */
  test.each([
    [1n, 5n, 10n, 1662497915624478906n],
    [1n, 10n, 5n, 453305446940074565n],
    [2n, 5n, 10n, 2851015155847869602n],
    [2n, 10n, 5n, 831248957812239453n],
    [1n, 10n, 10n, 906610893880149131n],
    [1n, 100n, 100n, 987158034397061298n],
    [1n, 1000n, 1000n, 996006981039903216n],
  ])("%i into %i : %i", (amount, reserveIn, reserveOut, out) => {
    expect(amountOut(amount * ONE, reserveIn * ONE, reserveOut * ONE)).toBe(out)
  })

  test("is the most that keeps the product of the reserves after the fee", () => {
    const kept = (paid: bigint, reserveIn: bigint, reserveOut: bigint, out: bigint) =>
      (reserveIn * 1000n + paid * 997n) * (reserveOut - out) >= reserveIn * 1000n * reserveOut
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 30n), reserve, reserve, (paid, reserveIn, reserveOut) => {
        const out = amountOut(paid, reserveIn, reserveOut)
        expect(kept(paid, reserveIn, reserveOut, out)).toBe(true)
        expect(kept(paid, reserveIn, reserveOut, out + 1n)).toBe(false)
      }),
      { seed },
    )
  })

  test("nothing for nothing, and nothing from an empty pool", () => {
    expect(amountOut(0n, ONE, ONE)).toBe(0n)
    expect(amountOut(ONE, 0n, ONE)).toBe(0n)
    expect(amountOut(ONE, ONE, 0n)).toBe(0n)
  })
})

test("amountIn buys what it says, and costs at most one unit too much", () => {
  fc.assert(
    fc.property(reserve, reserve, fc.bigInt(1n, 10n ** 30n), (reserveIn, reserveOut, wanted) => {
      const paid = amountIn(wanted, reserveIn, reserveOut)
      expect(paid === undefined).toBe(wanted >= reserveOut)
      if (paid === undefined) return
      // The router adds one unit whether or not the division left a remainder, so it may ask for one too many.
      expect(amountOut(paid, reserveIn, reserveOut) >= wanted).toBe(true)
      expect(amountOut(paid - 2n, reserveIn, reserveOut) < wanted).toBe(true)
    }),
    { seed },
  )
})

test("quote is the marginal price", () => {
  expect(quote(3n * ONE, 10n * ONE, 1000n * ONE)).toBe(300n * ONE)
  expect(quote(ONE, 0n, ONE)).toBe(0n)
})

describe("arbitrage", () => {
  const pool = [10n * ONE, 1000n * ONE] as const

  /** Uniswap v2-periphery, test/ExampleSwapToPrice.spec.ts */
  test("the published trades", () => {
    expect(arbitrage(1n, 90n, ...pool)).toEqual({ sellA: true, amountIn: 526682316179835569n })
    expect(amountOut(526682316179835569n, ...pool)).toBe(49890467170695440744n)
    expect(arbitrage(1n, 110n, ...pool)).toEqual({ sellA: false, amountIn: 47376582963642643588n })
    expect(amountOut(47376582963642643588n, pool[1], pool[0])).toBe(451039908682851138n)
  })

  test("none inside the fee band", () => {
    expect(arbitrage(1n, 100n, ...pool).amountIn).toBe(0n)
    expect(arbitrage(1000n, 100_299n, ...pool).amountIn).toBe(0n)
    expect(arbitrage(1000n, 99_701n, ...pool).amountIn).toBe(0n)
    expect(arbitrage(1n, 100n, 0n, ONE).amountIn).toBe(0n)
    expect(arbitrage(0n, 100n, ...pool).amountIn).toBe(0n)
  })

  test("no trade of another size earns more", () => {
    const truth = fc.bigInt(10n ** 6n, 10n ** 9n)
    const big = fc.bigInt(10n ** 18n, 10n ** 27n)
    fc.assert(
      fc.property(truth, truth, big, big, (truthA, truthB, reserveA, reserveB) => {
        const { sellA, amountIn: best } = arbitrage(truthA, truthB, reserveA, reserveB)
        const [reserveIn, reserveOut] = sellA ? [reserveA, reserveB] : [reserveB, reserveA]
        const [priceIn, priceOut] = sellA ? [truthB, truthA] : [truthA, truthB]
        const profit = (paid: bigint) => amountOut(paid, reserveIn, reserveOut) * priceOut - paid * priceIn
        // Rounding of the root and of the output is worth a few smallest units on either side.
        const tolerance = 4n * (priceIn + priceOut)
        for (const other of [best / 2n, best - best / 100n, best + best / 100n + 1n, best * 2n + 1n, 10n ** 15n])
          expect(profit(best) + tolerance >= profit(other)).toBe(true)
      }),
      { seed },
    )
  })
})
