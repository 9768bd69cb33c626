import { Schema } from "effect"
import { clamp, exp, ln } from "../maths.ts"
import { or, quantity } from "../quantity.ts"
import type { Rng } from "../rng.ts"
import { DAYS_PER_YEAR } from "../units.ts"

/**
 * The rest of the world's price of the token. Its logarithm moves with news (Brownian), with the dollars that the simulated agents bring
 * (permanent linear impact, Kyle 1985), and toward what the network's income is worth: a multiple of what comes to the holders in a year, by burning
 * or otherwise, spread over the circulating tokens.
 */
export const Params = Schema.Struct({
  volatilityPerYear: quantity("Standard deviation of yearly log returns from news", { unit: "1/sqrt(year)", min: 0, max: 5 }),
  driftPerYear: quantity("Expected yearly log return from news", { unit: "1/year", min: -5, max: 5 }),
  depthUsdPerPercent: quantity("Net purchase that moves the price by one per cent", { unit: "USD", min: 1, max: 1e10 }),
  burnMultipleYears: quantity("Years of burned fees that the whole circulating supply is worth", { unit: "years", min: 0, max: 1_000 }),
  treasuryWorth: quantity("What a dollar that the treasury keeps is worth to the market, of one that is burned", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0)),
  reversionHalfLifeDays: quantity("Time in which half of the gap to that value closes", { unit: "days", min: 0.1, max: 1e6 }),
})
export type Params = typeof Params.Type

export interface Reference {
  readonly usdPerToken: number
}

/** What happened since the last step. */
export interface Signals {
  readonly netPurchaseUsd: number
  /** Undefined before the first tick. */
  readonly burnUsdPerDay: number | undefined
  readonly circulatingTokens: number
  /** Sudden revaluation; 1 for none. */
  readonly shockFactor: number
}

/** The furthest that the market looks down or up from the price, so that a token without any burn falls but does not vanish at once. */
const gapMax = ln(10)

/** Logarithm of the value that the burn supports over the price; 0 while there is none to speak of. */
export const valueGap = (params: Params, usdPerToken: number, { burnUsdPerDay, circulatingTokens }: Signals): number => {
  if (burnUsdPerDay === undefined || params.burnMultipleYears === 0) return 0
  const valueUsd = (burnUsdPerDay * DAYS_PER_YEAR * params.burnMultipleYears) / circulatingTokens
  return clamp(ln(valueUsd / usdPerToken), -gapMax, gapMax)
}

export const stepReference = (params: Params, state: Reference, signals: Signals, days: number, rng: Rng): Reference => {
  const years = days / DAYS_PER_YEAR
  const news = params.driftPerYear * years + params.volatilityPerYear * Math.sqrt(years) * rng.normal()
  const impact = signals.netPurchaseUsd / (params.depthUsdPerPercent * 100)
  const pull = valueGap(params, state.usdPerToken, signals) * (1 - exp((-ln(2) * days) / params.reversionHalfLifeDays))
  const move = exp(news + impact + pull) * signals.shockFactor
  return { usdPerToken: Math.max(state.usdPerToken * move, 1e-6) }
}
