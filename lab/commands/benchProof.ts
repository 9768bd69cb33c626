import { Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { chainInput, chainSeed } from "../../gpu-bench/proof/chain.ts"
import { prove } from "../../gpu-bench/proof/prover.ts"
import { verifyChunk } from "../../gpu-bench/proof/verifyChunk.ts"
import { median } from "../../sim/stats/quantile.ts"
import { print, printJson, say, textTable } from "../print.ts"
import * as flags from "./flags.ts"

const stepsPerChunk = [1, 4, 16]
const repetitions = 3
const bytesPerMib = 2 ** 20

export const benchProof = Command.make(
  "proof",
  {
    rows: Flag.Int("rows").pipe(
      Flag.withMetavar("N"),
      Flag.withDescription("Largest matrix (default 512; the prover here is the processor, and takes N^3)"),
      Flag.withDefault(512),
    ),
    json: flags.json,
  },
  ({ rows, json }) =>
    Effect.sync(() => {
      const sizes = [64, 128, 256, 512, 1_024, 2_048].filter((n) => n <= rows)
      const measured = sizes.flatMap((n) =>
        stepsPerChunk.map((steps) => {
          say(`a chunk of ${steps} products of ${n} rows`)
          return measure(n, steps)
        }),
      )
      if (json) return printJson(measured)
      print(
        textTable(
          ["rows", "steps a chunk", "ms to check", "ms to do", "check / do", "MiB to show", "ms to hash a state"],
          measured.map(({ n, steps, checkMillis, doMillis, shownMib, hashMillis }) => [
            String(n),
            String(steps),
            checkMillis.toFixed(1),
            doMillis.toFixed(1),
            (checkMillis / doMillis).toFixed(3),
            shownMib.toFixed(2),
            hashMillis.toFixed(2),
          ]),
        ),
      )
    }),
).pipe(Command.withDescription("How long a checker takes for a chunk of a proof of physical work, by its size, on one core"))

interface Measured {
  readonly n: number
  readonly steps: number
  readonly checkMillis: number
  readonly doMillis: number
  readonly shownMib: number
  readonly hashMillis: number
}

/** The second chunk of two, so that both its ends are committed to; making A from its seed is not counted, as a checker keeps it for all chunks. */
const measure = (n: number, steps: number): Measured => {
  const seed = chainSeed(1n, "bench")
  const terms = { n, chunks: 2, stepsPerChunk: steps }
  const input = chainInput(seed, n)
  const { value: prover, millis: proveMillis } = timed(() => prove(seed, terms))
  const opening = prover.open(1)
  const checks = Array.from({ length: repetitions }, (_, secret) =>
    timed(() => verifyChunk(seed, terms, prover.digests, 1, opening, secret, input)),
  )
  if (checks.some(({ value }) => value !== "right")) throw new Error("an honest chunk was not found right")
  const empty = { ...terms, stepsPerChunk: 0 }
  const hashing = Array.from({ length: repetitions }, () =>
    timed(() => verifyChunk(seed, empty, [prover.digests[0]!, prover.digests[0]!], 1, { start: opening.start, products: [] }, 1, input)),
  )
  return {
    n,
    steps,
    checkMillis: median(checks.map(({ millis }) => millis)),
    doMillis: proveMillis / terms.chunks,
    shownMib: (n * n * (1 + 4 * steps)) / bytesPerMib,
    hashMillis: median(hashing.map(({ millis }) => millis)) / 2,
  }
}

const timed = <A>(work: () => A): { readonly value: A; readonly millis: number } => {
  const start = performance.now()
  const value = work()
  return { value, millis: performance.now() - start }
}
