import { Schema } from "effect"
import { count, or, quantity } from "../quantity.ts"
import { Params as Disputes } from "./disputes.ts"

/** The job market's escrow. The buyer pays into a slot of its own, accepts the result, and the provider is paid less the fee. */
export const Params = Schema.Struct({
  feeBps: count("Share of each payment that the protocol takes", { unit: "basis points", min: 0, max: 10_000 }),
  burnBps: count("Share of the fee that buys and burns tokens; the rest goes to the treasury", {
    unit: "basis points",
    min: 0,
    max: 10_000,
  }),
  settlement: Schema.optionalKey(
    Schema.Union([
      Schema.Struct({ kind: Schema.Literal("perJob") }),
      Schema.Struct({
        kind: Schema.Literal("batch"),
        hours: quantity("Time between batches", { unit: "hours", min: 1, max: 720 }).pipe(or(24)),
        windowHours: quantity("Time in which a guardian can veto a closed batch; less than the time between batches", {
          unit: "hours",
          min: 0,
          max: 720,
        }).pipe(or(0)),
      }),
    ]).annotate({ description: "How jobs are paid: an escrow for each, as when absent, or deposits and one batch for many" }),
  ),
  disputes: Schema.optionalKey(Disputes),
  vulnerable: Schema.optionalKey(
    Schema.Boolean.annotate({
      description:
        "Whether the contract is the one that is VULNERABLE ON PURPOSE, with a refund that can be taken twice and a guardian who can pause it: for the fault marketExploit alone",
    }),
  ),
  payoutHours: Schema.optionalKey(
    quantity("While a job runs, its provider is paid for the work done every so often; 0 or absent: all at the end", {
      unit: "hours",
      min: 0,
      max: 8_760,
    }),
  ),
})

export interface View {
  readonly escrowMicros: bigint
}

export type Action =
  /** Pays `amountMicros` into the buyer's empty slot for a provider; refundable to the buyer after `deadlineSeconds`. */
  | {
      readonly kind: "market.open"
      readonly slot: number
      readonly provider: string
      readonly amountMicros: bigint
      readonly deadlineSeconds: number
    }
  /** The buyer pays a part, less than what is left, while the job runs. */
  | { readonly kind: "market.release"; readonly slot: number; readonly amountMicros: bigint }
  /** The buyer accepts the result: the provider is paid what is left. */
  | { readonly kind: "market.complete"; readonly slot: number }
  /** The provider gives up at any time, or the buyer after the deadline: the buyer is refunded. */
  | { readonly kind: "market.refund"; readonly buyer: string; readonly slot: number }

/** A payment out of escrow, whole or in part, and what the protocol took of it. */
export interface Payment {
  readonly agent: string
  readonly slot: number
  readonly provider: string
  /** What the provider received. */
  readonly paidMicros: bigint
  readonly burnFeeMicros: bigint
  readonly treasuryFeeMicros: bigint
}

/** What the buyer gave up for it. */
export const grossMicros = ({
  paidMicros,
  burnFeeMicros,
  treasuryFeeMicros,
}: Pick<Payment, "paidMicros" | "burnFeeMicros" | "treasuryFeeMicros">): bigint => paidMicros + burnFeeMicros + treasuryFeeMicros

export type Fact =
  | {
      readonly kind: "market.opened"
      readonly agent: string
      readonly slot: number
      readonly provider: string
      readonly amountMicros: bigint
    }
  | ({ readonly kind: "market.released" } & Payment)
  | ({ readonly kind: "market.completed" } & Payment)
  | {
      readonly kind: "market.refunded"
      readonly buyer: string
      readonly slot: number
      readonly provider: string
      readonly amountMicros: bigint
    }
