import { amount0Between, amount1Between, divUp, priceAfterInput, priceAfterOutput } from "./sqrtPrice.ts"

export interface SwapStep {
  readonly sqrtPriceX96: bigint
  /** Without the fee. */
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly feeAmount: bigint
}

const PIPS = 1_000_000n

/**
 * A swap towards a target price within which the liquidity stands (v3-core SwapMath.computeSwapStep). `amountRemaining` is still to be paid in,
 * fee included, when positive, and to be taken out when negative.
 */
export const swapStep = (
  sqrtPriceX96: bigint,
  targetX96: bigint,
  liquidity: bigint,
  amountRemaining: bigint,
  feePips: bigint,
): SwapStep => {
  const zeroForOne = sqrtPriceX96 >= targetX96
  const isExactIn = amountRemaining >= 0n
  const input = (to: bigint) =>
    zeroForOne ? amount0Between(to, sqrtPriceX96, liquidity, true) : amount1Between(sqrtPriceX96, to, liquidity, true)
  const output = (to: bigint) =>
    zeroForOne ? amount1Between(to, sqrtPriceX96, liquidity, false) : amount0Between(sqrtPriceX96, to, liquidity, false)

  if (isExactIn) {
    const afterFee = (amountRemaining * (PIPS - feePips)) / PIPS
    const whole = input(targetX96)
    const isWhole = afterFee >= whole
    const next = isWhole ? targetX96 : priceAfterInput(sqrtPriceX96, liquidity, afterFee, zeroForOne)
    const amountIn = next === targetX96 ? whole : input(next)
    // Short of the target everything is used: what the price did not take is fee.
    const feeAmount = next === targetX96 ? divUp(amountIn * feePips, PIPS - feePips) : amountRemaining - amountIn
    return { sqrtPriceX96: next, amountIn, amountOut: output(next), feeAmount }
  }
  const wanted = -amountRemaining
  const whole = output(targetX96)
  const next = wanted >= whole ? targetX96 : priceAfterOutput(sqrtPriceX96, liquidity, wanted, zeroForOne)
  if (next === undefined) throw new Error(`invalid swap: ${wanted} out of a liquidity of ${liquidity}`)
  const amountIn = input(next)
  const out = next === targetX96 ? whole : output(next)
  return {
    sqrtPriceX96: next,
    amountIn,
    amountOut: out > wanted ? wanted : out,
    feeAmount: divUp(amountIn * feePips, PIPS - feePips),
  }
}
