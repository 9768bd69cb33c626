import { Schema } from "effect"
import { or, quantity } from "../../sim/quantity.ts"
import { chunkResult, guessedResult } from "../../sim/proofs/chunks.ts"
import { choice } from "./choice.ts"
import { type Cheat, type Conduct, honestConduct } from "./conduct.ts"

/** GPUs that do not exist: their chunks are guessed. */
export const Params = Schema.Struct({
  kind: Schema.Literal("noWork"),
  share: quantity("Share of the claimed GPUs that do not exist, or are off", { unit: "share", min: 0, max: 1 }).pipe(or(1)),
  ...choice,
})

export const conduct = ({ share }: typeof Params.Type, cheat: Cheat): Conduct => guessing(share, 1 - share, cheat)

/** Of an epoch's chunks, that share is guessed, from the first on: which ones are checked is not known when they are committed to. */
export const guessing = (guessedShare: number, realShare: number, { self }: Pick<Cheat, "self">): Conduct => {
  const wrongChunks = (chunks: number) => Math.ceil(guessedShare * chunks)
  return {
    ...honestConduct,
    realShare,
    wrongChunks,
    publish: (epoch, chunks) =>
      Array.from({ length: chunks }, (_, chunk) =>
        chunk < wrongChunks(chunks) ? guessedResult(self, epoch, chunk) : chunkResult(self, epoch, chunk),
      ),
  }
}
