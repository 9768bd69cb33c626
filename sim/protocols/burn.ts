import { Schema } from "effect"
import { count, or } from "../quantity.ts"
import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "../units.ts"
import { CappedFeedUse, FeedUse, type FeedUseTerms } from "./feeds.ts"
import type { Params as Market } from "./market.ts"

const spendBpsMax = count("Share of the pool's dollars that one purchase may spend; what is left waits for the next", {
  unit: "basis points",
  min: 0,
  max: 10_000,
})

/** The burn engine: what becomes of the protocol's share of each payment. It trades in the main pool. */
export const Params = Schema.Union([
  /** The burned part of the fees buys and burns tokens, at any price. */
  Schema.Struct({ kind: Schema.Literal("fees"), spendBpsMax }),
  /** The same purse, but it waits while the pool is dearer than the outside market, and may keep what it buys. */
  Schema.Struct({
    kind: Schema.Literal("buyback"),
    spendBpsMax,
    premiumBpsMax: count("How far a purchase may drive the pool's price above the outside market's", {
      unit: "basis points",
      min: 0,
      max: 100_000,
    }).pipe(or(100)),
    keepBps: count("Share of the bought tokens that goes to the treasury instead of being burned", {
      unit: "basis points",
      min: 0,
      max: 10_000,
    }).pipe(or(0)),
    /** Whose price is the outside market's; without it the venue's. */
    price: Schema.optionalKey(FeedUse),
  }),
  /** Burn and mint: buyers pay in credits of a fixed dollar price, which are made by burning tokens when a job is accepted. */
  Schema.Struct({
    kind: Schema.Literal("credits"),
    spendBpsMax,
    creditBps: count("Share of each payment that is made in credits; the provider gets the rest in dollars, less the fee", {
      unit: "basis points",
      min: 0,
      max: 10_000,
    }),
    /** Credits are burned at no more than a feed's price; without it at any price. */
    price: Schema.optionalKey(CappedFeedUse),
  }),
  /** Trades in the main pool are taxed in tokens (tax.ts); the fees' part buys and burns as with `fees`. */
  Schema.Struct({
    kind: Schema.Literal("tax"),
    spendBpsMax,
    buyBps: count("Tax on tokens that leave the main pool", { unit: "basis points", min: 0, max: 5_000 }),
    sellBps: count("Tax on tokens that enter the main pool", { unit: "basis points", min: 0, max: 5_000 }),
    burnShareBps: count("Share of the tax that is burned", { unit: "basis points", min: 0, max: 10_000 }).pipe(or(10_000)),
    treasuryShareBps: count("Share of the tax that the treasury gets; the stakers get the rest, and the treasury where there are none", {
      unit: "basis points",
      min: 0,
      max: 10_000,
    }).pipe(or(0)),
  }),
  /** Nothing is burned: the burned part of the fees is paid in dollars to holders who lock tokens, by tokens and time left (lock.ts). */
  Schema.Struct({
    kind: Schema.Literal("lock"),
    lockDaysMax: count("Longest lock, which has the full weight", { unit: "days", min: 1, max: 3_650 }),
  }),
  /** Nothing is burned: all fees go to the treasury. */
  Schema.Struct({ kind: Schema.Literal("treasury") }),
])
export type Params = typeof Params.Type

/** What the contracts are made with. */
export interface Terms {
  readonly spendBpsMax: number
  readonly premiumBpsMax: number
  readonly keepBps: number
  /** The feed whose answer stands for the outside market's price. */
  readonly price?: FeedUseTerms
  /** A vote lock stands in the engine's place, and nothing is bought. */
  readonly lockSecondsMax?: number
  /** The token taxes its trades in the main pool, and the engine splits the tax. */
  readonly tax?: { readonly buyBps: number; readonly sellBps: number; readonly burnShareBps: number; readonly treasuryShareBps: number }
}

/** More than any price can rise: no limit. */
export const ANY_PREMIUM_BPS = 4_294_967_295

export const burnTerms = (params: Params): Terms => {
  switch (params.kind) {
    case "fees":
      return { spendBpsMax: params.spendBpsMax, premiumBpsMax: ANY_PREMIUM_BPS, keepBps: 0 }
    case "credits": {
      const { spendBpsMax, price } = params
      return { spendBpsMax, premiumBpsMax: price?.premiumBpsMax ?? ANY_PREMIUM_BPS, keepBps: 0, ...priceTerms(price) }
    }
    case "buyback": {
      const { spendBpsMax, premiumBpsMax, keepBps, price } = params
      return { spendBpsMax, premiumBpsMax, keepBps, ...priceTerms(price) }
    }
    case "tax": {
      const { spendBpsMax, buyBps, sellBps, burnShareBps, treasuryShareBps } = params
      return { spendBpsMax, premiumBpsMax: ANY_PREMIUM_BPS, keepBps: 0, tax: { buyBps, sellBps, burnShareBps, treasuryShareBps } }
    }
    case "lock":
      return { spendBpsMax: 0, premiumBpsMax: 0, keepBps: 0, lockSecondsMax: params.lockDaysMax * SECONDS_PER_DAY }
    case "treasury":
      return { spendBpsMax: 0, premiumBpsMax: 0, keepBps: 0 }
  }
}

const priceTerms = (price: typeof FeedUse.Type | undefined): Pick<Terms, "price"> =>
  price === undefined
    ? {}
    : {
        price: { feed: price.feed, maxAgeSeconds: Math.round(price.maxAgeHours * SECONDS_PER_HOUR), pauses: price.onStale === "pause" },
      }

interface Rules {
  readonly market: typeof Market.Type
  readonly burn: Params
  readonly staking?: { readonly feeBps: number }
}

/** Part of the fee that goes to the burn engine, and part of the whole payment that is made in credits, in basis points. */
export const sinkBps = ({ market, burn }: Rules): { readonly burnBps: number; readonly creditBps: number } => ({
  burnBps: burn.kind === "treasury" ? 0 : market.burnBps,
  creditBps: burn.kind === "credits" ? burn.creditBps : 0,
})

/** Share of a payment that the provider gets in dollars. */
export const providerShare = (rules: Rules): number => Math.max(0, 10_000 - rules.market.feeBps - sinkBps(rules).creditBps) / 10_000

/** Share of a payment that comes to the holders: by tokens that are gone for good, or paid out to those who lock or stake theirs. */
export const holdersShare = (rules: Rules): number => {
  const { burnBps, creditBps } = sinkBps(rules)
  const kept = rules.burn.kind === "buyback" ? rules.burn.keepBps / 10_000 : 0
  const burned = (((rules.market.feeBps * burnBps) / 10_000 + creditBps) / 10_000) * (1 - kept)
  return burned + treasuryFeeShare(rules) * stakersPart(rules)
}

/** Share of a payment that the treasury keeps, in dollars or in tokens that it bought. */
export const keptShare = (rules: Rules): number => {
  const bought = rules.burn.kind === "buyback" ? (rules.market.feeBps * rules.market.burnBps * rules.burn.keepBps) / 1e12 : 0
  return treasuryFeeShare(rules) * (1 - stakersPart(rules)) + bought
}

const treasuryFeeShare = (rules: Rules): number => (rules.market.feeBps * (10_000 - sinkBps(rules).burnBps)) / 1e8

const stakersPart = ({ staking }: Rules): number => (staking?.feeBps ?? 0) / 10_000

export interface View {
  readonly burnedWei: bigint
  readonly spentMicros: bigint
}

export type Action = { readonly kind: "burn.execute" }

export type Fact = {
  readonly kind: "burn.executed"
  readonly spentMicros: bigint
  readonly burnedWei: bigint
  /** Bought and sent to the treasury. */
  readonly keptWei: bigint
}
