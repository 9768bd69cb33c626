import { exp, ln } from "../maths.ts"
import { quantity } from "../quantity.ts"
import type { Rng } from "../rng.ts"

/** A factor around 1 whose logarithm wanders and comes back (Ornstein-Uhlenbeck, exact discretisation). */
export const fields = {
  volatilityPerDay: quantity("Standard deviation of the daily move of the logarithm", { unit: "1/sqrt(day)", min: 0, max: 1 }),
  reversionHalfLifeDays: quantity("Time in which half of a deviation fades", { unit: "days", min: 0.1, max: 1e6 }),
}

export interface Params {
  readonly volatilityPerDay: number
  readonly reversionHalfLifeDays: number
}

/** The logarithm of the factor after `days` more days. */
export const stepFluctuation = (params: Params, logFactor: number, days: number, rng: Rng): number => {
  const ratePerDay = ln(2) / params.reversionHalfLifeDays
  const keep = exp(-ratePerDay * days)
  const spread = params.volatilityPerDay * Math.sqrt((1 - keep * keep) / (2 * ratePerDay))
  return logFactor * keep + spread * rng.normal()
}
