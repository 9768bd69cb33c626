import { Schema } from "effect"
import { or, quantity } from "../../quantity.ts"
import type { Matcher, MarketDay } from "./matcher.ts"
import { orderedMatcher } from "./ordered.ts"

/** The cheapest provider, when distance to the buyer is counted at a price. The provider is paid what it asks. */
export const Params = Schema.Struct({
  kind: Schema.Literal("latency"),
  usdPerWorkHourPerSecond: quantity("What a second of round trip is worth to a buyer, for each work hour", {
    unit: "USD per work hour and second",
    min: 0,
    max: 1e6,
  }).pipe(or(1)),
})

export const latency = ({ usdPerWorkHourPerSecond }: typeof Params.Type, day: MarketDay): Matcher =>
  orderedMatcher(
    { ...day, isByRegion: true },
    {
      score: (ask, rate, request, region) => ask / rate + (usdPerWorkHourPerSecond * day.roundTripMs(region, request.region)) / 1000,
      askMaxUsdPerWorkHour: ({ limitUsdPerWorkHour }) => limitUsdPerWorkHour,
    },
  )
