/** How amounts move the price at a given liquidity, exactly as v3-core's SqrtPriceMath has it. Prices are square roots times 2^96. */

const UINT_256 = 2n ** 256n

export const divUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b

/** Token 0 between two prices. */
export const amount0Between = (sqrtA: bigint, sqrtB: bigint, liquidity: bigint, isRoundedUp: boolean): bigint => {
  const [low, high] = sqrtA < sqrtB ? [sqrtA, sqrtB] : [sqrtB, sqrtA]
  const product = (liquidity << 96n) * (high - low)
  return isRoundedUp ? divUp(divUp(product, high), low) : product / high / low
}

/** Token 1 between two prices. */
export const amount1Between = (sqrtA: bigint, sqrtB: bigint, liquidity: bigint, isRoundedUp: boolean): bigint => {
  const product = liquidity * (sqrtA < sqrtB ? sqrtB - sqrtA : sqrtA - sqrtB)
  return isRoundedUp ? divUp(product, 2n ** 96n) : product >> 96n
}

/** The price after so much is paid in, fee apart; rounded so that the pool never gives too much. */
export const priceAfterInput = (sqrtPriceX96: bigint, liquidity: bigint, amountIn: bigint, zeroForOne: boolean): bigint => {
  if (!zeroForOne) return sqrtPriceX96 + (amountIn << 96n) / liquidity
  if (amountIn === 0n) return sqrtPriceX96
  const scaled = liquidity << 96n
  const product = amountIn * sqrtPriceX96
  // The contract divides twice where the exact formula does not fit 256 bits.
  return product < UINT_256 && scaled + product < UINT_256
    ? divUp(scaled * sqrtPriceX96, scaled + product)
    : divUp(scaled, scaled / sqrtPriceX96 + amountIn)
}

/** The price after so much is taken out; undefined when there is not that much. */
export const priceAfterOutput = (sqrtPriceX96: bigint, liquidity: bigint, amountOut: bigint, zeroForOne: boolean): bigint | undefined => {
  if (zeroForOne) {
    const fall = divUp(amountOut << 96n, liquidity)
    return sqrtPriceX96 > fall ? sqrtPriceX96 - fall : undefined
  }
  const scaled = liquidity << 96n
  const product = amountOut * sqrtPriceX96
  return scaled > product ? divUp(scaled * sqrtPriceX96, scaled - product) : undefined
}
