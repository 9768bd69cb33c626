import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { WEI_PER_TOKEN } from "../../units.ts"
import { amountOut } from "../pool.ts"
import { poolOf } from "./pool.fixture.ts"
import { positionAmounts } from "./positionAmounts.ts"
import { arbitrageLimit, sqrtPriceAt, usdPerTokenAt } from "./price.ts"
import { quoteSwap, ticksOf } from "./quoteSwap.ts"

const seed = 20_261_123
const tokens = (count: number) => BigInt(count) * WEI_PER_TOKEN
const dollars = (count: number) => BigInt(count) * 1_000_000n

const fees = fc.constantFrom(100, 500, 3_000, 10_000)
const sides = fc.constantFrom("token" as const, "dollar" as const)
const feeds = fc.record({ feePips: fees, sell: sides, tokenFirst: fc.boolean(), share: fc.integer({ min: 1, max: 5_000 }) })

/** A million tokens at 50 cents, full range, and twice a narrow range around the price. */
const pool = (feePips: number, tokenFirst: boolean) => {
  const at = poolOf(feePips, 500_000n, [], tokenFirst)
  const tickLower = Math.floor(at.tick / 200) * 200 - 1_000
  const narrow = { agent: "lp", tokenWei: tokens(100_000), dollarMicros: dollars(50_000), tickLower, tickUpper: tickLower + 2_000 }
  return poolOf(
    feePips,
    500_000n,
    [
      { agent: "treasury", tokenWei: tokens(1_000_000), dollarMicros: dollars(500_000) },
      narrow,
      { ...narrow, tickLower: tickLower - 2_000, tickUpper: tickLower },
    ],
    tokenFirst,
  )
}
const offer = (sell: "token" | "dollar", share: number) => (sell === "token" ? tokens(share * 100) : dollars(share * 50))

describe("quoteSwap", () => {
  test("two swaps are one, to a few smallest units, and to the unit where the first stops at its limit", () => {
    fc.assert(
      fc.property(feeds, ({ feePips, sell, tokenFirst, share }) => {
        const amount = offer(sell, share)
        const whole = quoteSwap(pool(feePips, tokenFirst), sell, amount)
        const first = quoteSwap(pool(feePips, tokenFirst), sell, amount / 2n)
        const second = quoteSwap(first.after, sell, amount - amount / 2n)
        expect(first.amountIn + second.amountIn).toBe(whole.amountIn)
        const gap = whole.amountOut - first.amountOut - second.amountOut
        const unitOut = sell === "token" ? 4n : 4n * 10n ** 13n
        expect(gap >= -unitOut && gap <= unitOut).toBe(true)
      }),
      { seed },
    )
  })

  test("a full range and nothing else is a constant product", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), sides, fc.boolean(), (count, sell, tokenFirst) => {
        const stake = { agent: "treasury", tokenWei: tokens(1_000_000), dollarMicros: dollars(500_000) }
        const full = poolOf(3_000, 500_000n, [stake], tokenFirst)
        const amount = sell === "token" ? tokens(count) : dollars(count)
        const [reserveIn, reserveOut] = sell === "token" ? [stake.tokenWei, stake.dollarMicros] : [stake.dollarMicros, stake.tokenWei]
        const paid = quoteSwap(full, sell, amount).amountOut
        expect(Number(paid) / Number(amountOut(amount, reserveIn, reserveOut))).toBeCloseTo(1, 5)
      }),
      { seed },
    )
  })

  test("a limit leaves a part undone, and the price exactly there", () => {
    fc.assert(
      fc.property(feeds, fc.bigInt(400_000n, 600_000n), ({ feePips, sell, tokenFirst }, limitMicros) => {
        const before = pool(feePips, tokenFirst)
        const limit = sqrtPriceAt({ dollarMicros: limitMicros, tokenWei: WEI_PER_TOKEN }, tokenFirst)
        const quote = quoteSwap(before, sell, 10n ** 40n, limit)
        const isAhead = sell === "token" ? limitMicros < 500_000n : limitMicros > 500_000n
        expect(quote.after.sqrtPriceX96).toBe(isAhead ? limit : before.sqrtPriceX96)
        expect(quote.amountIn < 10n ** 40n).toBe(true)
        // Offered exactly what it took, it does the same again.
        expect(quoteSwap(before, sell, quote.amountIn, limit)).toEqual(quote)
        const there = quoteSwap(before, sell, quote.amountIn / 2n, limit)
        expect(quoteSwap(there.after, sell, 10n ** 40n, limit).after.sqrtPriceX96).toBe(quote.after.sqrtPriceX96)
      }),
      { seed },
    )
  })

  test("the pool keeps what backs its positions and the fees", () => {
    fc.assert(
      fc.property(feeds, ({ feePips, sell, tokenFirst, share }) => {
        const before = pool(feePips, tokenFirst)
        const { after } = quoteSwap(before, sell, offer(sell, share))
        const backing = (at: typeof before) =>
          [...at.positions.values()]
            .map((position) => positionAmounts(at, position, position.liquidity))
            .reduce((sum, part) => ({
              tokenWei: sum.tokenWei + part.tokenWei,
              dollarMicros: sum.dollarMicros + part.dollarMicros,
            }))
        const [kept, needed] = [
          { tokenWei: after.tokenWei - before.tokenWei, dollarMicros: after.dollarMicros - before.dollarMicros },
          {
            tokenWei: backing(after).tokenWei - backing(before).tokenWei,
            dollarMicros: backing(after).dollarMicros - backing(before).dollarMicros,
          },
        ]
        // Both backings are rounded down once a position.
        expect(kept.tokenWei + 3n >= needed.tokenWei && kept.dollarMicros + 3n >= needed.dollarMicros).toBe(true)
        const [feePaid, sold] =
          sell === "token" ? [kept.tokenWei - needed.tokenWei, kept.tokenWei] : [kept.dollarMicros - needed.dollarMicros, kept.dollarMicros]
        expect(Number(feePaid) / Number(sold)).toBeCloseTo(feePips / 1e6, 4)
      }),
      { seed },
    )
  })

  test("nothing for nothing, and no price beyond the last tick", () => {
    const at = pool(3_000, true)
    expect(quoteSwap(at, "token", 0n)).toEqual({ amountIn: 0n, amountOut: 0n, feeGrowthX128: 0n, after: at })
    const drained = quoteSwap(at, "dollar", 10n ** 60n)
    expect(drained.amountIn < 10n ** 60n).toBe(true)
    expect(drained.amountOut < at.tokenWei).toBe(true)
    expect(quoteSwap(drained.after, "dollar", 1_000_000n).amountIn).toBe(0n)
  })

  test("an empty pool takes nothing and its price runs to the limit", () => {
    const empty = poolOf(500, 500_000n, [])
    const limit = sqrtPriceAt({ dollarMicros: 400_000n, tokenWei: WEI_PER_TOKEN }, true)
    const { amountIn, amountOut, after } = quoteSwap(empty, "token", tokens(1), limit)
    expect([amountIn, amountOut, after.sqrtPriceX96]).toEqual([0n, 0n, limit])
  })

  test("where two positions meet with the same liquidity the tick is still there", () => {
    const positions = new Map([
      [1n, { agent: "a", tickLower: -10, tickUpper: 0, liquidity: 7n, owedTokenWei: 0n, owedDollarMicros: 0n }],
      [2n, { agent: "a", tickLower: 0, tickUpper: 10, liquidity: 7n, owedTokenWei: 0n, owedDollarMicros: 0n }],
      [3n, { agent: "a", tickLower: 20, tickUpper: 30, liquidity: 0n, owedTokenWei: 1n, owedDollarMicros: 0n }],
    ])
    expect(ticksOf(positions)).toEqual([
      { tick: -10, liquidityNet: 7n },
      { tick: 0, liquidityNet: 0n },
      { tick: 10, liquidityNet: -7n },
    ])
  })
})

describe("arbitrageLimit", () => {
  test("no trade of another size earns more", () => {
    fc.assert(
      fc.property(
        feeds,
        fc.integer({ min: 300_000, max: 800_000 }),
        fc.integer({ min: 1, max: 300 }),
        ({ feePips, sell, tokenFirst }, micros, percent) => {
          const at = pool(feePips, tokenFirst)
          const limit = arbitrageLimit(at, sell, { dollarMicros: BigInt(micros), tokenWei: WEI_PER_TOKEN })
          const profit = (amount: bigint) => {
            const quote = quoteSwap(at, sell, amount)
            return sell === "token"
              ? quote.amountOut * WEI_PER_TOKEN - quote.amountIn * BigInt(micros)
              : quote.amountOut * BigInt(micros) - quote.amountIn * WEI_PER_TOKEN
          }
          const best = quoteSwap(at, sell, 10n ** 40n, limit).amountIn
          const other = best === 0n ? offer(sell, percent) : (best * BigInt(percent)) / 100n
          // A few smallest units of the dearer coin on either side.
          expect(profit(best) + 10n * WEI_PER_TOKEN >= profit(other)).toBe(true)
        },
      ),
      { seed, numRuns: 300 },
    )
  })
})

test("prices read back", () => {
  fc.assert(
    fc.property(fc.bigInt(1_000n, 10n ** 12n), fc.boolean(), (micros, tokenFirst) => {
      const sqrtPriceX96 = sqrtPriceAt({ dollarMicros: micros, tokenWei: WEI_PER_TOKEN }, tokenFirst)
      expect(usdPerTokenAt({ tokenFirst, sqrtPriceX96 }) / (Number(micros) / 1e6)).toBeCloseTo(1, 9)
    }),
    { seed },
  )
})
