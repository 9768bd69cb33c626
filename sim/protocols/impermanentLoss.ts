/** Prices between which a concentrated position is in the market (Uniswap v3); a v2 position is in it at every price. */
export interface PriceRange {
  readonly low: number
  readonly high: number
}

const everywhere: PriceRange = { low: 0, high: Number.POSITIVE_INFINITY }

/**
 * What a liquidity position is worth after a price move, relative to having held its opening amounts: at most 0, fees apart.
 * Prices are dollars for one token.
 */
export const impermanentLoss = (priceBefore: number, priceAfter: number, range: PriceRange = everywhere): number => {
  const held = amountsAt(priceBefore, range)
  const kept = amountsAt(priceAfter, range)
  return (kept.tokens * priceAfter + kept.usd) / (held.tokens * priceAfter + held.usd) - 1
}

/** The amounts behind one unit of liquidity at a price (Uniswap v3 whitepaper, equations 6.29 and 6.30). */
const amountsAt = (price: number, { low, high }: PriceRange): { readonly tokens: number; readonly usd: number } => {
  const root = Math.sqrt(Math.min(Math.max(price, low), high))
  return { tokens: 1 / root - 1 / Math.sqrt(high), usd: root - Math.sqrt(low) }
}
