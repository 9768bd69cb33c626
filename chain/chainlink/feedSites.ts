import type { Hex } from "viem"
import type { Feed } from "../../sim/protocols/feeds.ts"

/** Where a feed stands on the chain, and what is needed to speak to it. */
export interface FeedSite {
  readonly id: string
  readonly kind: Feed["kind"]
  readonly decimals: number
  readonly nodes: ReadonlyArray<string>
  /** Whom nodes send to: the feed's own forwarder, or the feed itself. */
  readonly target: Hex
  /** Where answers are read: the cache, or the feed itself. */
  readonly source: Hex
  /** The cache's name of the feed: decimals stand in its eighth byte, as 0x20 and their number. */
  readonly dataId: Hex
  /** What an OCR2 report must name. */
  readonly configDigest: string
}
