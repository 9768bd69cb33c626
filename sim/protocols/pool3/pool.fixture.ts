import type { Pool, Position } from "../pool3.ts"
import { liquidityFor, type Range } from "./positionAmounts.ts"
import { sqrtPriceAt } from "./price.ts"
import { tickAtSqrtRatio, widestTicks } from "./tick.ts"

const spacings: Readonly<Record<number, number>> = { 100: 1, 500: 10, 3_000: 60, 10_000: 200 }

export interface Stake extends Partial<Range> {
  readonly agent: string
  readonly tokenWei: bigint
  readonly dollarMicros: bigint
}

/** A pool as the chain would show it, at a price in micro-dollars a token, with these positions; a stake without ticks is full range. */
export const poolOf = (feePips: number, priceMicros: bigint, stakes: ReadonlyArray<Stake>, tokenFirst = true): Pool => {
  const tickSpacing = spacings[feePips]!
  const sqrtPriceX96 = sqrtPriceAt({ dollarMicros: priceMicros, tokenWei: 10n ** 18n }, tokenFirst)
  const tick = tickAtSqrtRatio(sqrtPriceX96)
  const price = { tokenFirst, sqrtPriceX96 }
  const positions = new Map(
    stakes.map(({ agent, tokenWei, dollarMicros, ...ticks }, index): [bigint, Position] => {
      const range = { ...widestTicks(tickSpacing), ...ticks }
      const liquidity = liquidityFor(price, range, { tokenWei, dollarMicros })
      return [BigInt(index + 1), { agent, ...range, liquidity, owedTokenWei: 0n, owedDollarMicros: 0n }]
    }),
  )
  const liquidity = [...positions.values()]
    .filter(({ tickLower, tickUpper }) => tickLower <= tick && tick < tickUpper)
    .reduce((sum, position) => sum + position.liquidity, 0n)
  const [tokenWei, dollarMicros] = [
    stakes.reduce((sum, stake) => sum + stake.tokenWei, 0n),
    stakes.reduce((sum, stake) => sum + stake.dollarMicros, 0n),
  ]
  return { feePips, tickSpacing, tokenFirst, sqrtPriceX96, tick, liquidity, tokenWei, dollarMicros, meanTick: tick, positions }
}
