import { Schema } from "effect"
import type { Profile } from "../profile.ts"
import { or, quantity } from "../quantity.ts"
import { DAYS_PER_YEAR, HOURS_PER_DAY } from "../units.ts"

/** Hardware as its owner bought it, written off in equal parts down to what it can be sold for. */
export const Capex = Schema.Struct({
  usdPerGpu: Schema.optionalKey(
    quantity("Price of one GPU with its share of the host; the class's own when left out", { unit: "USD per GPU", min: 1, max: 1e6 }),
  ),
  residualShare: quantity("What it is sold for in the end, of its price", { unit: "share", min: 0, max: 1 }).pipe(or(0.1)),
  years: quantity("Time until then", { unit: "years", min: 0.25, max: 20 }).pipe(or(5)),
  financingPerYear: quantity("Interest, or the return that the owner's own money must bring", {
    unit: "share per year",
    min: 0,
    max: 1,
  }).pipe(or(0)),
  isOwned: Schema.Boolean.annotate({
    title: "true or false",
    description: "The hardware is there anyway: its price is no reason to stay away or to leave, and nobody is paid for it",
  }).pipe(or(false)),
})
export type Capex = typeof Capex.Type

/** The price of one GPU; undefined where nobody says it. */
export const usdPerGpu = ({ usdPerGpu: own }: Capex, profile: Profile): number | undefined => own ?? profile.usdPerGpu?.value

export const depreciationPerYear = ({ residualShare, years }: Capex): number => (1 - residualShare) / years

/**
 * What an hour of one GPU costs its owner in capital: depreciation, and financing of the mean book value over its life, for the part of the
 * price that no lender has paid.
 */
export const capitalUsdPerGpuHour = (capex: Capex, profile: Profile, debtUsdPerGpu: number): number => {
  const price = usdPerGpu(capex, profile) ?? 0
  const ownShare = price > debtUsdPerGpu ? (price - debtUsdPerGpu) / price : 0
  const perYear = depreciationPerYear(capex) + ((1 + capex.residualShare) / 2) * capex.financingPerYear
  return (price * ownShare * perYear) / (DAYS_PER_YEAR * HOURS_PER_DAY)
}
