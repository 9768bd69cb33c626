import { type ChainTerms, chainInput, next, product } from "./chain.ts"
import { stateDigest } from "./stateDigest.ts"

/** What a provider shows of a chunk that is drawn: the state that it began with, and the product of each of its steps. */
export interface Opening {
  readonly start: Int8Array
  readonly products: ReadonlyArray<Int32Array>
}

/** A provider's answer for an epoch: digests of the states after each chunk, which it commits to, and what it shows when asked. */
export interface Prover {
  readonly digests: ReadonlyArray<bigint>
  readonly open: (chunk: number) => Opening
}

/** An honest provider. States at the ends of chunks are kept; the steps in between are done again when they are asked for. */
export const prove = (seed: number, { n, chunks, stepsPerChunk }: ChainTerms): Prover => {
  const { a, b } = chainInput(seed, n)
  const starts = [b]
  for (let chunk = 0; chunk < chunks; chunk++) starts.push(play(a, starts[chunk]!, n, stepsPerChunk).end)
  return {
    digests: starts.slice(1).map((state) => stateDigest(state, n)),
    open: (chunk) => ({ start: starts[chunk]!, products: play(a, starts[chunk]!, n, stepsPerChunk).products }),
  }
}

export const play = (a: Int8Array, start: Int8Array, n: number, steps: number) => {
  const products: Int32Array[] = []
  let end = start
  for (let step = 0; step < steps; step++) {
    const c = product(a, end, n)
    products.push(c)
    end = next(c)
  }
  return { end, products }
}
