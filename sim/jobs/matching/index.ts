import { Schema } from "effect"
import { bestPrice, Params as BestPrice } from "./bestPrice.ts"
import { firstCome, Params as FirstCome } from "./firstCome.ts"
import { firstPriceAuction, Params as FirstPriceAuction } from "./firstPriceAuction.ts"
import { gang, Params as Gang } from "./gang.ts"
import { latency, Params as Latency } from "./latency.ts"
import type { Matcher, MarketDay } from "./matcher.ts"
import { powerOfChoices, Params as PowerOfChoices } from "./powerOfChoices.ts"
import { reputation, Params as Reputation } from "./reputation.ts"
import { secondPriceAuction, Params as SecondPriceAuction } from "./secondPriceAuction.ts"
import { surge, Params as Surge } from "./surge.ts"

/** How jobs and providers find each other. */
export const Params = Schema.Union([
  BestPrice,
  FirstCome,
  FirstPriceAuction,
  SecondPriceAuction,
  Surge,
  PowerOfChoices,
  Reputation,
  Latency,
  Gang,
])
export type Params = typeof Params.Type

export const openMatcher = (params: Params, day: MarketDay): Matcher => {
  switch (params.kind) {
    case "bestPrice":
      return bestPrice(day)
    case "firstCome":
      return firstCome(day)
    case "firstPriceAuction":
      return firstPriceAuction(params, day)
    case "secondPriceAuction":
      return secondPriceAuction(params, day)
    case "surge":
      return surge(params, day)
    case "powerOfChoices":
      return powerOfChoices(params, day)
    case "reputation":
      return reputation(params, day)
    case "latency":
      return latency(params, day)
    case "gang":
      return gang(params, day)
  }
}
