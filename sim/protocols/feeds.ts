import { Schema } from "effect"
import { Id } from "../id.ts"
import { count, or, quantity } from "../quantity.ts"

const fields = {
  id: Id,
  decimals: Schema.Literals([8, 18])
    .annotate({ description: "Digits behind the point of the answer" })
    .pipe(or(8 as const)),
  faulty: count("Wrong or silent nodes f that the committee is made for; it needs more than three times as many nodes", {
    unit: "nodes",
    min: 1,
    max: 10,
  }),
  heartbeatHours: quantity("Longest time between two answers", { unit: "hours", min: 0.1, max: 8_760 }),
  deviationShare: quantity("Change of the price since the last answer that makes a new one", { unit: "share", min: 0, max: 10 }),
}

/**
 * A price feed: the dollar price of one token, as a committee of nodes sees it. `forwarder` is Chainlink's KeystoneForwarder with its DataFeedsCache
 * as published: a report with one answer, signed by f + 1 nodes. `ocr2` is a thin feed on Chainlink's OCR2Base: a report with every observation,
 * signed by (n + f) / 2 + 1. With `submits` every node sends its own transaction.
 */
export const Feed = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("forwarder"), ...fields }),
  Schema.Struct({ kind: Schema.Literal("ocr2"), ...fields }),
  Schema.Struct({ kind: Schema.Literal("submits"), ...fields }),
])
export type Feed = typeof Feed.Type

/** Most nodes that Chainlink's contracts take. */
export const NODES_MAX = 31

/** Signatures that make a report valid, or submissions that make an answer, of n nodes of which f may be wrong. */
export const signaturesNeeded = (kind: Feed["kind"], nodes: number, faulty: number): number =>
  kind === "forwarder" ? faulty + 1 : Math.floor((nodes + faulty) / 2) + 1

/** Observations without which there is no report: the median of so many is enclosed by honest ones while no more than f are wrong. */
export const observationsNeeded = (faulty: number): number => 2 * faulty + 1

/** A dollar price as feeds write it; nine digits behind the point of it are kept. */
export const toAnswer = (usd: number, decimals: number): bigint =>
  decimals === 8 ? BigInt(Math.round(usd * 1e8)) : BigInt(Math.round(usd * 1e9)) * 10n ** 9n

export const fromAnswer = (answer: bigint, decimals: number): number => Number(answer) / (decimals === 8 ? 1e8 : 1e18)

/** Which price a contract takes from a feed, and what becomes of it when the answer is old. */
const use = {
  feed: Id,
  maxAgeHours: quantity("Age of an answer from which it is none", { unit: "hours", min: 0, max: 8_760 }),
  onStale: Schema.Literals(["revert", "pause"])
    .annotate({
      description: "Without an answer: `pause` lets the dollars wait, `revert` refuses the whole transaction, a job's payment too",
    })
    .pipe(or("pause" as const)),
}
export const FeedUse = Schema.Struct(use)
export const CappedFeedUse = Schema.Struct({
  ...use,
  premiumBpsMax: count("How far a purchase may drive the pool's price above the feed's", {
    unit: "basis points",
    min: 0,
    max: 100_000,
  }).pipe(or(100)),
})

/** What the contract that asks the feed is made with. */
export interface FeedUseTerms {
  readonly feed: string
  readonly maxAgeSeconds: number
  readonly pauses: boolean
}

/** What the contracts of one feed are made with. */
export interface Terms {
  readonly id: string
  readonly kind: Feed["kind"]
  readonly decimals: number
  readonly faulty: number
  /** Who observes, signs and transmits, by place. */
  readonly nodes: ReadonlyArray<string>
}

export interface FeedView {
  readonly decimals: number
  /** 0 before the first. */
  readonly answer: bigint
  /** Answers so far. */
  readonly roundId: number
  /** When the answer was true, and from when its age counts, in Unix seconds. */
  readonly observedSeconds: number
  readonly updatedAtSeconds: number
}

/** Each feed of the scenario. */
export type View = ReadonlyMap<string, FeedView>
export const noFeeds: View = new Map()

/** Dollars for one token; undefined before the first answer. */
export const feedUsdPerToken = (feeds: View, id: string): number | undefined => {
  const feed = feeds.get(id)
  return feed === undefined || feed.roundId === 0 ? undefined : fromAnswer(feed.answer, feed.decimals)
}

/** Contracts that other protocols must find; they hold nothing but gifts. */
export const claimsPriceAccount = "price.claims"
export const uptimeForwarderAccount = "uptime.forwarder"

export interface Observed {
  readonly node: string
  readonly answer: bigint
}

export type Action =
  /** One answer and its signatures, through the forwarder to the cache. */
  | {
      readonly kind: "feeds.report"
      readonly feed: string
      readonly observedSeconds: number
      readonly answer: bigint
      readonly signers: ReadonlyArray<string>
    }
  /** All observations, lowest first, and their signatures. */
  | {
      readonly kind: "feeds.transmit"
      readonly feed: string
      readonly round: number
      readonly observedSeconds: number
      readonly observations: ReadonlyArray<Observed>
      readonly signers: ReadonlyArray<string>
    }
  /** One node's own observation. */
  | { readonly kind: "feeds.submit"; readonly feed: string; readonly round: number; readonly answer: bigint }

export type Fact =
  | {
      readonly kind: "feeds.updated"
      readonly feed: string
      readonly agent: string
      readonly roundId: number
      readonly answer: bigint
      readonly observedSeconds: number
    }
  | { readonly kind: "feeds.submitted"; readonly feed: string; readonly agent: string; readonly roundId: number; readonly answer: bigint }
  /** The cache dropped a report that is no newer than its last. */
  | { readonly kind: "feeds.droppedStale"; readonly feed: string; readonly agent: string; readonly observedSeconds: number }
  /** The cache does not take such reports from there. */
  | { readonly kind: "feeds.droppedForbidden"; readonly feed: string; readonly agent: string }
  /** The forwarder took the report, and its receiver refused it. */
  | { readonly kind: "feeds.undelivered"; readonly feed: string; readonly agent: string }
