/**
 * Settlement in batches, in the place of an escrow for each job: buyers keep deposits in the market contract; the dispatcher debits what their jobs
 * came to, one sum a buyer, and publishes what each provider has earned since the start as the root of a tree, against which providers collect.
 */
export interface View {
  /** Deposits by buyer; every buyer that ever deposited. */
  readonly depositMicros: ReadonlyMap<string, bigint>
  /** Debited in a batch that is not accepted yet. */
  readonly onWayMicros: bigint
  /** Credited to providers by accepted batches and not collected, as the contract counts. */
  readonly uncollectedMicros: bigint
  /** What each provider can collect: what stands in the published tree less what it has collected. */
  readonly collectableMicros: ReadonlyMap<string, bigint>
}

export const noBatches: View = {
  depositMicros: new Map(),
  onWayMicros: 0n,
  uncollectedMicros: 0n,
  collectableMicros: new Map(),
}

export type Action =
  | { readonly kind: "batches.deposit"; readonly amountMicros: bigint }
  /** A part of a batch: what each of some buyers owes. */
  | { readonly kind: "batches.debit"; readonly debitMicros: ReadonlyMap<string, bigint> }
  /** Ends the batch: `earnedMicros` is what each provider has earned since the start, `creditedMicros` what the batch adds to all of it. */
  | {
      readonly kind: "batches.close"
      readonly earnedMicros: ReadonlyMap<string, bigint>
      readonly creditedMicros: bigint
      /** Providers that the batch credits; each may lose a fraction of a micro-dollar to rounding. */
      readonly providerCount: number
    }
  | { readonly kind: "batches.collect" }
  /** The guardian stops deposits, batches and collections, and lets them go on. */
  | { readonly kind: "batches.pause" }
  | { readonly kind: "batches.unpause" }

export type Fact =
  | { readonly kind: "batches.deposited"; readonly agent: string; readonly amountMicros: bigint }
  | { readonly kind: "batches.debited"; readonly buyer: string; readonly amountMicros: bigint }
  | { readonly kind: "batches.closed"; readonly grossMicros: bigint; readonly creditedMicros: bigint }
  /** Credited less fee; burn fee and treasury fee left the market for good. */
  | {
      readonly kind: "batches.accepted"
      readonly creditedMicros: bigint
      readonly burnFeeMicros: bigint
      readonly treasuryFeeMicros: bigint
    }
  /** The provider's part of the accepted batch. */
  | { readonly kind: "batches.credited"; readonly provider: string; readonly amountMicros: bigint }
  | { readonly kind: "batches.collected"; readonly agent: string; readonly amountMicros: bigint }
  | { readonly kind: "batches.paused" }
  | { readonly kind: "batches.unpaused" }
