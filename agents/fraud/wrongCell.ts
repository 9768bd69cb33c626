import { Schema } from "effect"
import { or } from "../../sim/quantity.ts"
import { Places } from "../devicePlace.ts"
import { choice } from "./choice.ts"
import { type Cheat, type Conduct, honestConduct } from "./conduct.ts"

/** Devices that stand in one cell, and are said to stand in another, where an hour counts for more. It saves nothing, so there is nothing to weigh. */
export const Params = Schema.Struct({
  kind: Schema.Literal("wrongCell"),
  claimedPlaces: Places,
  ...choice,
  choice: Schema.Literals(["always"]).pipe(or("always" as const)),
})

export const conduct = ({ claimedPlaces }: typeof Params.Type, _: Cheat): Conduct => ({ ...honestConduct, claimedPlaces })
