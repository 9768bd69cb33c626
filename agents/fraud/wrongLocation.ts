import { Schema } from "effect"
import { Id } from "../../sim/id.ts"
import { Place } from "../../sim/proofs/place.ts"
import { choice } from "./choice.ts"
import { type Cheat, type Conduct, honestConduct } from "./conduct.ts"

/** The work is done, but elsewhere, and at that place's price of electricity. */
export const Params = Schema.Struct({
  kind: Schema.Literal("wrongLocation"),
  realRegion: Id,
  claimedPlace: Place,
  realPlace: Place,
  ...choice,
})

export const conduct = ({ realRegion, claimedPlace, realPlace }: typeof Params.Type, _: Cheat): Conduct => ({
  ...honestConduct,
  region: realRegion,
  places: { claimed: claimedPlace, real: realPlace },
})
