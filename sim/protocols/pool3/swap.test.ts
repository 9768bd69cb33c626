import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { type Curve, openLimit, swap } from "./swap.ts"
import { tickAtSqrtRatio } from "./tick.ts"
import { positionAmounts } from "./positionAmounts.ts"
import { ticksOf } from "./quoteSwap.ts"

interface Vector {
  readonly pool: string
  readonly swap: string
  readonly fee: number
  readonly tickSpacing: number
  readonly sqrtPriceX96: string
  readonly positions: ReadonlyArray<readonly [number, number, string]>
  readonly zeroForOne: boolean
  readonly amountSpecified: string
  readonly sqrtPriceLimitX96?: string | null
  readonly sqrtPriceAfterX96?: string | null
  readonly expected: Readonly<Record<string, string | number>>
}

/** Outcomes of swaps in the snapshots of v3-core's own tests. */
const { vectors } = JSON.parse(readFileSync(new URL("../../../lab/validation/data/uniswap-v3-swaps.json", import.meta.url), "utf8")) as {
  readonly vectors: ReadonlyArray<Vector>
}

const positionsOf = (vector: Vector) =>
  new Map(
    vector.positions.map(([tickLower, tickUpper, liquidity], index) => [
      BigInt(index + 1),
      { agent: "a", tickLower, tickUpper, liquidity: BigInt(liquidity), owedTokenWei: 0n, owedDollarMicros: 0n },
    ]),
  )

const curveOf = (vector: Vector): Curve => {
  const sqrtPriceX96 = BigInt(vector.sqrtPriceX96)
  const tick = tickAtSqrtRatio(sqrtPriceX96)
  const positions = positionsOf(vector)
  const inRange = [...positions.values()].filter(({ tickLower, tickUpper }) => tickLower <= tick && tick < tickUpper)
  return {
    feePips: vector.fee,
    tickSpacing: vector.tickSpacing,
    sqrtPriceX96,
    tick,
    liquidity: inRange.reduce((sum, { liquidity }) => sum + liquidity, 0n),
    ticks: ticksOf(positions),
  }
}

describe("swap", () => {
  test("there are forty published outcomes", () => {
    expect(vectors).toHaveLength(40)
  })

  test.each(vectors.map((vector) => [`${vector.pool}: ${vector.swap}`, vector] as const))("%s", (_, vector) => {
    const limit = vector.sqrtPriceLimitX96 ?? openLimit(vector.zeroForOne)
    const curve = curveOf(vector)
    const done = swap(curve, vector.zeroForOne, BigInt(vector.amountSpecified), BigInt(limit))
    const { expected } = vector
    expect(curve.tick).toBe(expected["tickBefore"])
    if ("swapError" in expected) {
      expect(done).toBeUndefined()
      return
    }
    const [delta0, delta1] = vector.zeroForOne ? [done!.paid, -done!.received] : [-done!.received, done!.paid]
    const growth = [done!.feeGrowthX128, 0n].map(String)
    expect({
      amount0Delta: String(delta0),
      amount1Delta: String(delta1),
      tickAfter: done!.tick,
      feeGrowthGlobal0X128Delta: growth[vector.zeroForOne ? 0 : 1],
      feeGrowthGlobal1X128Delta: growth[vector.zeroForOne ? 1 : 0],
    }).toEqual({
      amount0Delta: expected["amount0Delta"],
      amount1Delta: expected["amount1Delta"],
      tickAfter: expected["tickAfter"],
      feeGrowthGlobal0X128Delta: expected["feeGrowthGlobal0X128Delta"],
      feeGrowthGlobal1X128Delta: expected["feeGrowthGlobal1X128Delta"],
    })
    if (typeof vector.sqrtPriceAfterX96 === "string") expect(String(done!.sqrtPriceX96)).toBe(vector.sqrtPriceAfterX96)
  })

  test.each(vectors.map((vector) => [`${vector.pool}: ${vector.swap}`, vector] as const))("paid in to open the pool: %s", (_, vector) => {
    const price = { tokenFirst: true, sqrtPriceX96: BigInt(vector.sqrtPriceX96) }
    const paid = [...positionsOf(vector).values()].map((position) => positionAmounts(price, position, position.liquidity, true))
    const { expected } = vector
    const reported =
      "swapError" in expected
        ? [expected["poolBalance0"], expected["poolBalance1"]]
        : [expected["amount0Before"], expected["amount1Before"]]
    expect(
      [paid.reduce((sum, { tokenWei }) => sum + tokenWei, 0n), paid.reduce((sum, { dollarMicros }) => sum + dollarMicros, 0n)].map(String),
    ).toEqual(reported)
  })
})
