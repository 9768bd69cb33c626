import { Schema } from "effect"
import { auctionFields, auctionMatcher } from "./auction.ts"
import type { Matcher, MarketDay } from "./matcher.ts"

/** Sealed bids; the lowest wins and is paid the best losing bid, so nobody gains by bidding anything but its cost (Vickrey 1961). */
export const Params = Schema.Struct({ kind: Schema.Literal("secondPriceAuction"), ...auctionFields })

export const secondPriceAuction = ({ bidders }: typeof Params.Type, day: MarketDay): Matcher =>
  auctionMatcher(bidders, { bid: (cost) => cost, pay: (_bid, bestLosing) => bestLosing }, day)
