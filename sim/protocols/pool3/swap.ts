import { swapStep } from "./swapStep.ts"
import { MAX_SQRT_RATIO, MAX_TICK, MIN_SQRT_RATIO, MIN_TICK, sqrtRatioAtTick, tickAtSqrtRatio } from "./tick.ts"

/** Where a pool stands, and how its liquidity changes over the ticks. */
export interface Curve {
  readonly feePips: number
  readonly tickSpacing: number
  readonly sqrtPriceX96: bigint
  readonly tick: number
  readonly liquidity: bigint
  /** In ascending order; what an upward crossing adds. */
  readonly ticks: ReadonlyArray<{ readonly tick: number; readonly liquidityNet: bigint }>
}

export interface Swap {
  /** Paid in, fee included. */
  readonly paid: bigint
  readonly received: bigint
  readonly sqrtPriceX96: bigint
  readonly tick: number
  readonly liquidity: bigint
  /** What a unit of the liquidity that was in range earned, times 2^128, in the coin that was paid in. */
  readonly feeGrowthX128: bigint
}

/** The limits that stand for "as far as there are prices". */
export const openLimit = (zeroForOne: boolean): bigint => (zeroForOne ? MIN_SQRT_RATIO + 1n : MAX_SQRT_RATIO - 1n)

/**
 * A whole swap, exactly as v3-core's pool executes it: over the initialised ticks, and stopping at every 256th tick too, because each stop
 * rounds. `amountSpecified` is paid in when positive, taken out when negative. The limit may leave a part undone; undefined when the pool
 * refuses it or the amount.
 */
export const swap = (curve: Curve, zeroForOne: boolean, amountSpecified: bigint, limitX96: bigint): Swap | undefined => {
  const { feePips, tickSpacing, ticks } = curve
  const isAhead = zeroForOne ? limitX96 < curve.sqrtPriceX96 : limitX96 > curve.sqrtPriceX96
  if (!isAhead || limitX96 <= MIN_SQRT_RATIO || limitX96 >= MAX_SQRT_RATIO || amountSpecified === 0n) return undefined
  const isExactIn = amountSpecified > 0n
  const fee = BigInt(feePips)
  let { sqrtPriceX96, tick, liquidity } = curve
  let [remaining, paid, received, feeGrowthX128] = [amountSpecified, 0n, 0n, 0n]
  let at = indexAbove(ticks, tick)
  while (remaining !== 0n && sqrtPriceX96 !== limitX96) {
    const stop = stopOfWord(tick, tickSpacing, zeroForOne)
    const initialised = ticks[zeroForOne ? at - 1 : at]
    const isInitialised = initialised !== undefined && (zeroForOne ? initialised.tick >= stop : initialised.tick <= stop)
    const next = isInitialised ? initialised.tick : Math.min(Math.max(stop, MIN_TICK), MAX_TICK)
    const nextX96 = sqrtRatioAtTick(next)
    const targetX96 = (zeroForOne ? nextX96 < limitX96 : nextX96 > limitX96) ? limitX96 : nextX96
    const step = swapStep(sqrtPriceX96, targetX96, liquidity, remaining, fee)
    const stepPaid = step.amountIn + step.feeAmount
    remaining += isExactIn ? -stepPaid : step.amountOut
    paid += stepPaid
    received += step.amountOut
    if (liquidity > 0n) feeGrowthX128 += (step.feeAmount << 128n) / liquidity
    if (step.sqrtPriceX96 === nextX96) {
      if (isInitialised) {
        liquidity += zeroForOne ? -initialised.liquidityNet : initialised.liquidityNet
        at += zeroForOne ? -1 : 1
      }
      tick = zeroForOne ? next - 1 : next
    } else if (step.sqrtPriceX96 !== sqrtPriceX96) tick = tickAtSqrtRatio(step.sqrtPriceX96)
    sqrtPriceX96 = step.sqrtPriceX96
  }
  return { paid, received, sqrtPriceX96, tick, liquidity, feeGrowthX128 }
}

/** Index of the first initialised tick above a tick. */
const indexAbove = (ticks: Curve["ticks"], tick: number): number => {
  const index = ticks.findIndex((entry) => entry.tick > tick)
  return index < 0 ? ticks.length : index
}

/** The last tick that the pool's bitmap shows it in one look: words hold 256 usable ticks. */
const stopOfWord = (tick: number, tickSpacing: number, zeroForOne: boolean): number => {
  const compressed = Math.floor(tick / tickSpacing)
  const word = Math.floor((zeroForOne ? compressed : compressed + 1) / 256) * 256
  return (zeroForOne ? word : word + 255) * tickSpacing
}
