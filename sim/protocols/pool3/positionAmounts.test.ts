import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { liquidityFor, positionAmounts } from "./positionAmounts.ts"
import { sqrtRatioAtTick } from "./tick.ts"

const seed = 20_261_123
const amount = fc.bigInt(0n, 10n ** 27n)
const range = fc
  .tuple(fc.integer({ min: -300_000, max: 300_000 }), fc.integer({ min: 1, max: 100_000 }))
  .map(([tickLower, width]) => ({ tickLower, tickUpper: tickLower + width }))
const price = fc.record({ tokenFirst: fc.boolean(), sqrtPriceX96: fc.integer({ min: -350_000, max: 350_000 }).map(sqrtRatioAtTick) })

describe("positions", () => {
  test("the liquidity for two amounts never costs more than them, and a unit more would, where it has unit precision", () => {
    fc.assert(
      fc.property(price, range, amount, amount, (at, ticks, tokenWei, dollarMicros) => {
        const liquidity = liquidityFor(at, ticks, { tokenWei, dollarMicros })
        const cost = positionAmounts(at, ticks, liquidity, true)
        expect(cost.tokenWei <= tokenWei && cost.dollarMicros <= dollarMicros).toBe(true)
        // The manager rounds twice, so it may leave a few billionths of the scarce coin.
        const more = positionAmounts(at, ticks, liquidity + liquidity / 10n ** 6n + 10n ** 6n, true)
        expect(more.tokenWei > tokenWei || more.dollarMicros > dollarMicros).toBe(true)
      }),
      { seed },
    )
  })

  test("what is paid in is what comes out, less at most a unit of each", () => {
    fc.assert(
      fc.property(price, range, fc.bigInt(0n, 10n ** 30n), (at, ticks, liquidity) => {
        const [paid, returned] = [positionAmounts(at, ticks, liquidity, true), positionAmounts(at, ticks, liquidity)]
        expect(paid.tokenWei - returned.tokenWei <= 2n && paid.tokenWei >= returned.tokenWei).toBe(true)
        expect(paid.dollarMicros - returned.dollarMicros <= 2n && paid.dollarMicros >= returned.dollarMicros).toBe(true)
      }),
      { seed },
    )
  })

  test("one coin on either side of the range", () => {
    const ticks = { tickLower: -100, tickUpper: 100 }
    for (const tokenFirst of [true, false]) {
      const [below, above] = [-101, 100].map((tick) =>
        positionAmounts({ tokenFirst, sqrtPriceX96: sqrtRatioAtTick(tick) }, ticks, 10n ** 18n),
      ) as [{ tokenWei: bigint; dollarMicros: bigint }, { tokenWei: bigint; dollarMicros: bigint }]
      expect([below.tokenWei > 0n, below.dollarMicros > 0n]).toEqual([tokenFirst, !tokenFirst])
      expect([above.tokenWei > 0n, above.dollarMicros > 0n]).toEqual([!tokenFirst, tokenFirst])
    }
  })
})
