import { Schema } from "effect"

/** A job goes to the cheapest provider with room for it and is paid what that provider asks. */
export const Params = Schema.Struct({ kind: Schema.Literal("bestPrice") })
