import { stream, word } from "../input.ts"
import { type ChainInput, type ChainTerms, chainInput, next } from "./chain.ts"
import { freivalds, p } from "./freivalds.ts"
import type { Opening } from "./prover.ts"
import { stateDigest } from "./stateDigest.ts"

export type Verdict = "right" | "wrongStart" | "wrongProduct" | "wrongEnd"

/**
 * Checks one chunk of a commitment: that it begins with the state committed to before it (or with the seed's own), that each product is right, and that it
 * ends with the state committed to. `secret` seeds the random vectors and must not be known when the opening is given.
 */
export const verifyChunk = (
  seed: number,
  terms: ChainTerms,
  digests: ReadonlyArray<bigint>,
  chunk: number,
  { start, products }: Opening,
  secret: number,
  input: ChainInput = chainInput(seed, terms.n),
): Verdict => {
  const { n, stepsPerChunk } = terms
  const isStart = start.length === n * n && stateDigest(start, n) === (chunk === 0 ? stateDigest(input.b, n) : digests[chunk - 1])
  if (!isStart) return "wrongStart"
  if (products.length !== stepsPerChunk) return "wrongProduct"
  let state = start
  for (const [step, c] of products.entries()) {
    const key = stream(secret, step)
    const r = Uint32Array.from({ length: n }, (_, index) => word(key, index) % p)
    if (c.length !== n * n || !freivalds(input.a, state, c, r)) return "wrongProduct"
    state = next(c)
  }
  return stateDigest(state, n) === digests[chunk] ? "right" : "wrongEnd"
}
