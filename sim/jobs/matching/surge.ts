import { Schema } from "effect"
import { clamp } from "../../maths.ts"
import { or, quantity } from "../../quantity.ts"
import type { Matcher, MarketDay } from "./matcher.ts"
import { orderedMatcher } from "./ordered.ts"

/**
 * One posted price for all, which rises with the share of GPUs that are busy. A buyer takes it or leaves; a provider for whom it does not cover
 * the floor of its plan declines, and of the others the one with the lowest floor is served first. All are paid the posted price.
 */
export const Params = Schema.Struct({
  kind: Schema.Literal("surge"),
  cloudShare: quantity("Price at the target, of what the cloud takes", { unit: "share", min: 0.001, max: 10 }).pipe(or(0.5)),
  targetShare: quantity("Busy share of the offered GPUs at which the price is that", { unit: "share", min: 0, max: 1 }).pipe(or(0.7)),
  slope: quantity("Rise of the price for each busy share above the target", { unit: "times", min: 0, max: 100 }).pipe(or(2)),
  factorMin: quantity("Lowest multiplier", { unit: "times", min: 0.001, max: 1 }).pipe(or(0.5)),
  factorMax: quantity("Highest multiplier", { unit: "times", min: 1, max: 100 }).pipe(or(3)),
})
type Params = typeof Params.Type

const surgeFactor = ({ targetShare, slope, factorMin, factorMax }: Params, busyShare: number): number =>
  clamp(1 + slope * (busyShare - targetShare), factorMin, factorMax)

export const surge = (params: Params, day: MarketDay): Matcher => {
  const { floor } = day
  const posted = (cloudUsdPerWorkHour: number, factor: number) => cloudUsdPerWorkHour * params.cloudShare * factor
  const factorNow = () => surgeFactor(params, floor.offeredGpus > 0 ? floor.busyGpus() / floor.offeredGpus : 1)
  const matcher = orderedMatcher(day, {
    priceOf: (site) => floor.plans[site]!.floorUsdPerGpuHour ?? floor.plans[site]!.askUsdPerGpuHour,
    score: (floorUsd, rate) => floorUsd / rate,
    askMaxUsdPerWorkHour: ({ cloudUsdPerWorkHour }) => posted(cloudUsdPerWorkHour, factorNow()),
    usdPerGpuHour: ({ cloudUsdPerWorkHour }, rate) => posted(cloudUsdPerWorkHour, factorNow()) * rate,
  })
  const isAffordable = (request: Parameters<Matcher["find"]>[0], factor: number) =>
    posted(request.cloudUsdPerWorkHour, factor) <= request.limitUsdPerWorkHour
  return {
    ...matcher,
    find: (request) => (isAffordable(request, factorNow()) ? matcher.find(request) : undefined),
    couldTake: (request) => isAffordable(request, params.factorMin) && matcher.couldTake(request),
  }
}
