import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { WEI_PER_TOKEN } from "../units.ts"
import type { Side } from "./pool.ts"
import { poolOf } from "./pool3/pool.fixture.ts"
import { bestSale, splitSale } from "./splitSale.ts"
import { splitRoute } from "./splitRoute.ts"
import { saleIn, type TradingPool, usdAfterFee } from "./tradingPool.ts"
import { noTax } from "./tax.ts"

const seed = 20_261_123
const tokens = (count: number) => BigInt(count) * WEI_PER_TOKEN
const dollars = (count: number) => BigInt(count) * 1_000_000n

const main = (tokenCount: number, micros: number): TradingPool => ({
  kind: "pool",
  id: "main",
  tax: noTax,
  tokenWei: tokens(tokenCount),
  dollarMicros: BigInt(tokenCount) * BigInt(micros),
})
const ranged = (feePips: number, tokenCount: number, micros: number, width: number): TradingPool => {
  const { tick } = poolOf(feePips, BigInt(micros), [])
  const tickLower = Math.floor(tick / 200 - width) * 200
  const half = { tokenWei: tokens(tokenCount), dollarMicros: BigInt(tokenCount) * BigInt(micros) }
  const state = poolOf(feePips, BigInt(micros), [
    { agent: "treasury", ...half },
    { agent: "lp", ...half, tickLower, tickUpper: tickLower + 400 * width },
  ])
  return { kind: "pool3", id: `p${feePips}`, state }
}

const count = fc.integer({ min: 1_000, max: 1_000_000 })
const price = fc.integer({ min: 450_000, max: 550_000 })
const pools = fc
  .tuple(
    count,
    price,
    fc.array(fc.tuple(fc.constantFrom(100, 500, 3_000, 10_000), count, price, fc.integer({ min: 1, max: 20 })), { maxLength: 4 }),
  )
  .map(([mainCount, micros, others]) => [main(mainCount, micros), ...others.map((other) => ranged(...other))])
const sale = fc
  .tuple(fc.constantFrom<Side>("token", "dollar"), fc.integer({ min: 1, max: 100_000 }))
  .map(([sell, size]) => ({ sell, amount: sell === "token" ? tokens(size) : dollars(size) }))

const sum = (amounts: ReadonlyArray<bigint>) => amounts.reduce((total, amount) => total + amount, 0n)

describe("splitSale", () => {
  test("sells everything, and no shift from one pool to another pays more than a hair", () => {
    const shift = fc.record({ from: fc.nat({ max: 4 }), to: fc.nat({ max: 4 }), percent: fc.bigInt(1n, 100n) })
    fc.assert(
      fc.property(pools, sale, shift, (list, { sell, amount }, { from, to, percent }) => {
        const parts = splitSale(list, sell, amount)
        expect(sum(parts.map(({ amountIn }) => amountIn))).toBe(amount)
        const amountInto = (pool: TradingPool) => parts.find((part) => part.pool === pool)?.amountIn ?? 0n
        const [source, sink] = [list[from % list.length]!, list[to % list.length]!]
        const moved = (amountInto(source) * percent) / 100n
        const shifted = list.map((pool) => amountInto(pool) - (pool === source ? moved : 0n) + (pool === sink ? moved : 0n))
        const best = sum(parts.map(({ amountOut }) => amountOut))
        const other = sum(list.map((pool, i) => saleIn(pool, sell, shifted[i]!).amountOut))
        expect(best + best / 1_000_000n + 10n ** 13n >= other).toBe(true)
      }),
      { seed, numRuns: 200 },
    )
  })

  test("all pools that are used end at the same price, and the others open worse", () => {
    fc.assert(
      fc.property(pools, sale, (list, { sell, amount }) => {
        const parts = splitSale(list, sell, amount)
        // A constant product keeps its fee in the reserves, so that the unit after a sale costs up to the fee less than the sale's last one.
        const hair = parts.some(({ pool }) => pool.kind === "pool") ? 0.003 : 0.00001
        const ends = parts.map(({ after }) => usdAfterFee(after, sell))
        const [least, most] = [Math.min(...ends), Math.max(...ends)]
        expect(most / least - 1).toBeLessThan(hair)
        for (const unused of list.filter((pool) => parts.every((part) => part.pool !== pool)))
          expect(sell === "token" ? usdAfterFee(unused, sell) / most : least / usdAfterFee(unused, sell)).toBeLessThan(1 + hair)
      }),
      { seed, numRuns: 200 },
    )
  })

  test("over constant products it is the closed form", () => {
    const list = [main(1_000_000, 500_000), { ...main(3_000_000, 500_000), id: "main" as const }]
    const parts = splitSale(list, "token", tokens(400_000))
    const [first, second] = splitRoute(
      tokens(400_000),
      [1_000_000, 3_000_000].map((size) => ({ reserveIn: tokens(size), reserveOut: dollars(size / 2) })),
    )
    expect(Number(parts[0]!.amountIn) / Number(first)).toBeCloseTo(1, 5)
    expect(Number(parts[1]!.amountIn) / Number(second)).toBeCloseTo(1, 5)
  })

  test("no order that is not worth one", () => {
    const list = [main(1_000_000, 500_000), ranged(3_000, 1_000, 500_000, 10)]
    expect(splitSale(list, "dollar", dollars(10_000), 1n)).toHaveLength(2)
    const [only, ...others] = splitSale(list, "dollar", dollars(10_000), dollars(2_000))
    expect([only!.pool.id, only!.amountIn, others]).toEqual(["main", dollars(10_000), []])
    expect(splitSale(list, "dollar", dollars(1), dollars(2_000))).toHaveLength(1)
  })
})

test("bestSale takes the pool that pays most", () => {
  const list = [main(1_000_000, 500_000), ranged(100, 1_000_000, 500_000, 5), ranged(10_000, 1_000_000, 500_000, 5)]
  expect(bestSale(list, "token", tokens(100)).pool.id).toBe("p100")
  expect(bestSale([main(1_000_000, 600_000), list[1]!], "token", tokens(100)).pool.id).toBe("main")
})
