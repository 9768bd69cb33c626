import { Schema } from "effect"
import { chunkResult } from "../../sim/proofs/chunks.ts"
import { choice } from "./choice.ts"
import { type Cheat, type Conduct, honestConduct } from "./conduct.ts"

/** The first of a group works, honestly and without a part in the fraud; the others publish its answers as their own. */
export const Params = Schema.Struct({ kind: Schema.Literal("copiedAnswers"), ...choice })

export const conduct = (_: typeof Params.Type, { self }: Cheat): Conduct => {
  const leader = self.replace(/\d+$/, (number) => "1".padStart(number.length, "0"))
  if (leader === self) return honestConduct
  return {
    ...honestConduct,
    realShare: 0,
    wrongChunks: (chunks) => chunks,
    publish: (epoch, chunks) => Array.from({ length: chunks }, (_, chunk) => chunkResult(leader, epoch, chunk)),
  }
}
