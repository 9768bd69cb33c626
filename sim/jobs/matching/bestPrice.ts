import { Schema } from "effect"
import type { Matcher, MarketDay } from "./matcher.ts"
import { orderedMatcher } from "./ordered.ts"

/** A job goes to the cheapest provider with room for it and is paid what that provider asks. */
export const Params = Schema.Struct({ kind: Schema.Literal("bestPrice") })

export const bestPrice = (day: MarketDay): Matcher =>
  orderedMatcher(day, {
    score: (ask, rate) => ask / rate,
    askMaxUsdPerWorkHour: ({ limitUsdPerWorkHour }) => limitUsdPerWorkHour,
  })
