import { Schema } from "effect"
import { count, or } from "../quantity.ts"
import { Params as Matching } from "./matching/index.ts"

/** What becomes of a job that finds no provider: it goes elsewhere at once, or waits in a line as long as its buyer has patience. */
export const Queue = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("none") }),
  Schema.Struct({
    kind: Schema.Literal("firstInFirstOut"),
    backfill: count("Jobs behind one that does not fit that may go before it", { unit: "jobs", min: 0, max: 1_000 }).pipe(or(20)),
  }),
])

/** The rules of the job market. */
export const Params = Schema.Struct({
  matching: Matching.pipe(or({ kind: "bestPrice" as const })),
  queue: Queue.pipe(or({ kind: "none" as const })),
})
export type Params = typeof Params.Type

export const usualTerms: Params = { matching: { kind: "bestPrice" }, queue: { kind: "none" } }

export const hasQueues = ({ matching, queue }: Params): boolean => queue.kind !== "none" || matching.kind === "powerOfChoices"

export const hasMarketPrices = ({ matching }: Params): boolean =>
  matching.kind === "surge" || matching.kind === "firstPriceAuction" || matching.kind === "secondPriceAuction"
