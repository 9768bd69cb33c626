import { Schema } from "effect"
import { Id } from "../id.ts"
import { or, quantity } from "../quantity.ts"
import type { FeedUseTerms } from "./feeds.ts"
import { SECONDS_PER_HOUR, toMicros } from "../units.ts"

/**
 * Dollar claims (a reflexive promise, as Terra's was): made by burning tokens at a reference price, and redeemed for as many new tokens as a
 * dollar is worth that day. When the price falls, the same claims become more tokens. A limit a day and a least backing are its brakes.
 */
export const Params = Schema.Struct({
  usdPerDayMax: quantity("Claims that may be redeemed in a day", { unit: "USD per day", min: 0, max: 1e12 }),
  backingMin: quantity("Market worth of all tokens over all claims below which redemption stops", {
    unit: "times",
    min: 0,
    max: 1_000,
  }).pipe(or(0)),
  reference: Schema.Literals(["venue", "mean", "feed"])
    .annotate({
      description:
        "Price at which claims are made and redeemed: the outside market's, the main pool's mean over `meanHours`, or the answer of `feed`, without which nothing is made or redeemed",
    })
    .pipe(or("mean" as const)),
  meanHours: quantity("Time over which the pool's price is averaged, at least", { unit: "hours", min: 1, max: 8_760 }).pipe(or(24)),
  feed: Schema.optionalKey(Id),
  maxAgeHours: quantity("Age of the feed's answer from which it is none", { unit: "hours", min: 0, max: 8_760 }).pipe(or(48)),
})
export type Params = typeof Params.Type

/** What the contract is made with. */
export const claimTerms = ({ usdPerDayMax, backingMin, reference, meanHours, feed, maxAgeHours }: Params) => ({
  microsPerDayMax: toMicros(usdPerDayMax),
  backingMinBps: Math.round(backingMin * 10_000),
  usesVenue: reference === "venue",
  windowSeconds: Math.round(meanHours * SECONDS_PER_HOUR),
  price:
    reference === "feed" && feed !== undefined
      ? ({ feed, maxAgeSeconds: Math.round(maxAgeHours * SECONDS_PER_HOUR), pauses: true } satisfies FeedUseTerms)
      : undefined,
})

export interface View {
  readonly totalMicros: bigint
  /** Of today's limit, as of the last block. */
  readonly redeemableMicros: bigint
  /** Micro-dollars for one whole token. */
  readonly referenceMicros: bigint
  /** Of everybody who ever held some. */
  readonly claimMicros: ReadonlyMap<string, bigint>
}

export const noClaims: View = { totalMicros: 0n, redeemableMicros: 0n, referenceMicros: 0n, claimMicros: new Map() }

export type Action =
  /** Burns own tokens for claims of their worth. */
  | { readonly kind: "claims.issue"; readonly amountWei: bigint }
  /** Takes new tokens for claims, for as many of them as may be redeemed. */
  | { readonly kind: "claims.redeem"; readonly claimMicros: bigint }

export type Fact =
  | { readonly kind: "claims.issued"; readonly agent: string; readonly claimMicros: bigint; readonly burnedWei: bigint }
  | { readonly kind: "claims.redeemed"; readonly agent: string; readonly claimMicros: bigint; readonly mintedWei: bigint }
