import { Schema } from "effect"
import { or, quantity } from "../../sim/quantity.ts"
import { choice } from "./choice.ts"
import type { Cheat, Conduct } from "./conduct.ts"
import { guessing } from "./noWork.ts"

/** No work, and money for oracle nodes that look away. */
export const Params = Schema.Struct({
  kind: Schema.Literal("oracleCollusion"),
  share: quantity("Share of the claimed GPUs that do not exist, or are off", { unit: "share", min: 0, max: 1 }).pipe(or(1)),
  bribedShare: quantity("Share of the oracle nodes that are paid, from the first on, rounded to nearest", {
    unit: "share",
    min: 0,
    max: 1,
  }),
  bribeUsd: quantity("What each gets in an epoch", { unit: "USD", min: 0, max: 1e6 }),
  ...choice,
})

export const conduct = ({ share, bribedShare, bribeUsd }: typeof Params.Type, cheat: Cheat): Conduct => ({
  ...guessing(share, 1 - share, cheat),
  bribedShare,
  bribeUsd,
})
