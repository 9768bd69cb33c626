/**
 * Impermanent loss of a liquidity position, fees apart: its value at `priceRatio` times the opening price against holding what was put in,
 * less one. Without a range the position is a constant product; with one it is concentrated between `low` and `high` times the opening
 * price (Uniswap v3 white paper, section 6).
 */
export const impermanentLoss = (priceRatio: number, range?: { readonly low: number; readonly high: number }): number => {
  const [low, high] = range === undefined ? [0, Infinity] : [range.low, range.high]
  const opening = amounts(1, low, high)
  const now = amounts(priceRatio, low, high)
  const valueOf = ({ token, dollar }: Amounts) => token * priceRatio + dollar
  return valueOf(now) / valueOf(opening) - 1
}

interface Amounts {
  readonly token: number
  readonly dollar: number
}

/** Both tokens of one unit of liquidity at a price. */
const amounts = (price: number, low: number, high: number): Amounts => {
  const root = Math.sqrt(Math.min(Math.max(price, low), high))
  return { token: 1 / root - 1 / Math.sqrt(high), dollar: root - Math.sqrt(low) }
}
