import type { Block } from "./point.ts"
import { sobolSequence } from "./sobolSequence.ts"

/**
 * The points for Sobol indices (Saltelli et al. 2010): `rows` rows of two independent samples A and B, which are the halves of a Sobol sequence
 * of twice the dimensions (at most 32). A block is a row: A, B, then for each coordinate A with this one of B, and with `secondOrder` for each
 * B with this one of A: dimensions + 2 points, or twice (dimensions + 1). Powers of two are balanced.
 */
export const saltelliDesign = (dimensions: number, rows: number, secondOrder = false): ReadonlyArray<Block> =>
  sobolSequence(2 * dimensions, rows).map((both) => {
    const a = both.slice(0, dimensions)
    const b = both.slice(dimensions)
    return [a, b, ...a.map((_, i) => a.with(i, b[i]!)), ...(secondOrder ? b.map((_, i) => b.with(i, a[i]!)) : [])]
  })
