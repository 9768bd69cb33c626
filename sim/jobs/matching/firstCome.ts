import { Schema } from "effect"
import type { Matcher, MarketDay } from "./matcher.ts"
import { orderedMatcher } from "./ordered.ts"

/** A job goes to whoever answers first of those whose price the buyer accepts. Who answers before whom is drawn anew in every tick. */
export const Params = Schema.Struct({ kind: Schema.Literal("firstCome") })

export const firstCome = (day: MarketDay): Matcher => {
  const answers = Float64Array.from(day.floor.ids, (id) => day.rng(`firstCome/${id}`).uniform())
  return orderedMatcher(day, {
    keyOf: (site) => answers[site]!,
    score: (answer) => answer,
    askMaxUsdPerWorkHour: ({ limitUsdPerWorkHour }) => limitUsdPerWorkHour,
  })
}
