import { Schema } from "effect"
import { Counts } from "../jobs/counts.ts"
import { count } from "../quantity.ts"

/**
 * The work oracle (proof of physical work): providers claim work, n reporters say what they saw, the median stands once a quorum
 * has reported. A claim above the median by more than the tolerance is slashed and earns nothing that epoch.
 */
export const Params = Schema.Struct({
  quorum: count("Reports that make an epoch final; an epoch without a quorum is passed over, and nothing is emitted for it", {
    unit: "reports",
    min: 1,
    max: 31,
  }),
  toleranceBps: count("How far a claim may exceed the median", { unit: "basis points", min: 0, max: 10_000 }),
  slashBps: count("Share of the stake that a false claim costs", { unit: "basis points", min: 0, max: 10_000 }),
  settlement: Schema.optionalKey(
    Schema.Literals(["onChain", "tree"]).annotate({
      description:
        "Where claims, reports and medians are: on the chain, as when absent, for some hundred providers; or off it, with a signed report and a tree of rewards an epoch",
    }),
  ),
  counts: Schema.optionalKey(Counts),
})

export interface View {
  /** Epochs below this one are final, or were passed over because they never had a quorum. */
  readonly nextEpoch: number
  /** Reports that the next epoch has. */
  readonly reportCount: number
}

export type Action =
  | { readonly kind: "oracle.claimWork"; readonly epoch: number; readonly workMillis: bigint }
  /** Observed work by provider; a registered provider that is not named counts as 0. */
  | { readonly kind: "oracle.report"; readonly epoch: number; readonly workMillis: ReadonlyMap<string, bigint> }
  /** Takes the medians, slashes false claims, and credits the epoch's emission by verified work. */
  | { readonly kind: "oracle.finalise"; readonly epoch: number }

export type Fact =
  | { readonly kind: "oracle.workClaimed"; readonly agent: string; readonly epoch: number; readonly workMillis: bigint }
  | { readonly kind: "oracle.reported"; readonly agent: string; readonly epoch: number }
  | { readonly kind: "oracle.finalised"; readonly epoch: number; readonly verifiedWorkMillis: bigint }
  | {
      readonly kind: "oracle.mismatched"
      readonly provider: string
      readonly epoch: number
      readonly claimedMillis: bigint
      readonly medianMillis: bigint
    }

/** The median that the contract takes: the middle value, the upper one of an even count (as Chainlink OCR does). */
export const median = (values: ReadonlyArray<bigint>): bigint =>
  [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))[values.length >> 1] ?? 0n
