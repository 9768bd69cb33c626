import { Schema } from "effect"
import { Id } from "../../sim/id.ts"
import { doneShare } from "../../sim/proofs/doneShare.ts"
import { choice } from "./choice.ts"
import type { Cheat, Conduct } from "./conduct.ts"
import { guessing } from "./noWork.ts"

/** A slower class than the claimed one: what it does not get done in the epoch is guessed. */
export const Params = Schema.Struct({ kind: Schema.Literal("cheaperGpu"), realGpu: Id, ...choice })

export const conduct = ({ realGpu }: typeof Params.Type, cheat: Cheat): Conduct => {
  const done = doneShare(cheat.rated(realGpu) / cheat.rated(cheat.gpu), 1, cheat.slackShare)
  return { ...guessing(1 - done, 1, cheat), gpu: realGpu }
}
