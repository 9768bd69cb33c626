import { Schema } from "effect"
import { count } from "../../sim/quantity.ts"
import { doneShare } from "../../sim/proofs/doneShare.ts"
import { choice } from "./choice.ts"
import type { Cheat, Conduct } from "./conduct.ts"
import { guessing } from "./noWork.ts"

/** Several identities with a stake each, and one set of machines, which has time for each one's share of the chunks only. */
export const Params = Schema.Struct({
  kind: Schema.Literal("sybil"),
  identities: count("Identities that share the machines of one", { unit: "identities", min: 2, max: 1_000 }),
  ...choice,
})

export const conduct = ({ identities }: typeof Params.Type, cheat: Cheat): Conduct =>
  guessing(1 - doneShare(1, identities, cheat.slackShare), 1 / identities, cheat)
