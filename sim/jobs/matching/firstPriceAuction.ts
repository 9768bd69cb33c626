import { Schema } from "effect"
import { auctionFields, auctionMatcher } from "./auction.ts"
import type { Matcher, MarketDay } from "./matcher.ts"
import { equilibriumBid } from "./sealedBid.ts"

/** Sealed bids; the lowest wins and is paid what it bid, so bidders ask for more than their cost. */
export const Params = Schema.Struct({ kind: Schema.Literal("firstPriceAuction"), ...auctionFields })

export const firstPriceAuction = ({ bidders }: typeof Params.Type, day: MarketDay): Matcher =>
  auctionMatcher(bidders, { bid: (cost, limit, units) => equilibriumBid(cost, limit, bidders, units), pay: (bid) => bid }, day)
