import { Schema } from "effect"
import { pow } from "../../maths.ts"
import { or, quantity } from "../../quantity.ts"
import { memoryFields } from "../reputation.ts"
import type { Matcher, MarketDay } from "./matcher.ts"
import { orderedMatcher } from "./ordered.ts"

/** The lowest price over reputation^weight. The provider is paid what it asks. */
export const Params = Schema.Struct({
  kind: Schema.Literal("reputation"),
  weight: quantity("How much reputation counts against price; 0 for not at all", { unit: "exponent", min: 0, max: 20 }).pipe(or(2)),
  ...memoryFields,
})

export const reputation = ({ weight }: typeof Params.Type, day: MarketDay): Matcher => {
  const { ids, plans } = day.floor
  const keys = Float64Array.from(ids, (id, site) => plans[site]!.askUsdPerGpuHour / pow(day.reputation(id), weight))
  return orderedMatcher(day, {
    keyOf: (site) => keys[site]!,
    score: (key, rate) => key / rate,
    askMaxUsdPerWorkHour: ({ limitUsdPerWorkHour }) => limitUsdPerWorkHour,
  })
}
