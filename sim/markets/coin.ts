import { exp } from "../maths.ts"
import { or, quantity } from "../quantity.ts"
import type { Rng } from "../rng.ts"
import { DAYS_PER_YEAR, toMicros } from "../units.ts"

/** The coin in which a chain takes its gas: its price in dollars, which may wander. */
export const coinFields = (usd: number) => ({
  coinUsd: quantity("Price of the coin that pays for gas, at the start", { unit: "USD", min: 1e-6, max: 1e6 }).pipe(or(usd)),
  coinVolatilityPerYear: quantity("Standard deviation of its yearly log returns", { unit: "1/sqrt(year)", min: 0, max: 5 }).pipe(or(0)),
})

export interface CoinParams {
  readonly coinUsd: number
  readonly coinVolatilityPerYear: number
}

/** The logarithm of the price over the first one, after `days` more. */
export const stepCoin = ({ coinVolatilityPerYear }: CoinParams, logFactor: number, days: number, rng: Rng): number =>
  logFactor + coinVolatilityPerYear * Math.sqrt(days / DAYS_PER_YEAR) * rng.normal()

/** At least a micro-dollar, so that gas is never free. */
export const coinMicros = ({ coinUsd }: CoinParams, logFactor: number): bigint => {
  const micros = toMicros(Math.min(coinUsd * exp(logFactor), 1e9))
  return micros > 0n ? micros : 1n
}
