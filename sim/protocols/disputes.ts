import { Schema } from "effect"
import { quantity } from "../quantity.ts"
import { SECONDS_PER_HOUR } from "../units.ts"

/** Disputes about results: a buyer posts a bond, and arbiters, the scenario's judges, decide by majority. */
export const Params = Schema.Struct({
  windowHours: quantity("Time in which arbiters can rule; without a majority by then the provider is paid and the bond goes back", {
    unit: "hours",
    min: 1,
    max: 8_760,
  }),
  bondShare: quantity("Bond of who disputes, as a share of the payment; the provider's if it loses", {
    unit: "share of the payment",
    min: 0,
    max: 100,
  }),
})
export type Params = typeof Params.Type

/** What the market is made with. */
export const disputeTerms = ({ windowHours, bondShare }: Params, arbiters: ReadonlyArray<string>) => ({
  bondBps: Math.round(bondShare * 10_000),
  windowSeconds: Math.round(windowHours * SECONDS_PER_HOUR),
  arbiters,
})

export interface View {
  /** Payments and bonds of open disputes, both part of the escrow, as the contract counts. */
  readonly contestedMicros: bigint
  readonly bondedMicros: bigint
}

export const noDisputes: View = { contestedMicros: 0n, bondedMicros: 0n }

export type Action =
  /** Instead of accepting: the job leaves the buyer's slot, and the bond is taken. */
  | { readonly kind: "disputes.open"; readonly slot: number }
  /** By an arbiter. */
  | { readonly kind: "disputes.rule"; readonly id: number; readonly isRefund: boolean }
  /** Closes a dispute whose window is over. */
  | { readonly kind: "disputes.settle"; readonly id: number }

interface Parties {
  readonly id: number
  readonly buyer: string
  readonly provider: string
}

export type Fact =
  | ({
      readonly kind: "disputes.opened"
      readonly slot: number
      readonly amountMicros: bigint
      readonly bondMicros: bigint
      readonly decidesAtSeconds: number
    } & Parties)
  | { readonly kind: "disputes.ruled"; readonly id: number; readonly arbiter: string; readonly isRefund: boolean }
  /** The buyer has both back. */
  | ({ readonly kind: "disputes.refunded"; readonly amountMicros: bigint; readonly bondMicros: bigint } & Parties)
  | ({
      readonly kind: "disputes.paid"
      readonly paidMicros: bigint
      readonly burnFeeMicros: bigint
      readonly treasuryFeeMicros: bigint
      readonly bondMicros: bigint
      /** Whether the bond is the provider's, because a majority found against the buyer; else it went back. */
      readonly isForfeit: boolean
    } & Parties)
