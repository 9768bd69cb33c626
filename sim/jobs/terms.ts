import { Schema } from "effect"
import { or } from "../quantity.ts"
import { Params as Matching } from "./matching/index.ts"

/** The rules of the job market. */
export const Params = Schema.Struct({
  matching: Matching.pipe(or({ kind: "bestPrice" as const })),
})
export type Params = typeof Params.Type
