import { Schema } from "effect"
import { or, quantity } from "../../sim/quantity.ts"

/** When a provider that can cheat does: in every epoch, or in those in which it expects to gain from it. */
export const choice = {
  choice: Schema.Literals(["always", "bestResponse"]).pipe(or("always" as const)),
  noticedShare: quantity("Own guess of the chance that the work oracle notices, beside the spot checks", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(1)),
}
