import { int8, mix, stream, word } from "../input.ts"
import { requant } from "../references/gemmChain.ts"

/**
 * The work that is proven: C_k = A B_k in int32 and B_{k+1} = requant(C_k), from A and B_0 that a seed gives. No step can begin before the one
 * before it has ended, and none can be copied, because the seed is the provider's own.
 */
export interface ChainTerms {
  /** Rows and columns. */
  readonly n: number
  /** Chunks are what is committed to and what is checked. */
  readonly chunks: number
  readonly stepsPerChunk: number
}

/** A is kept by rows and B by columns, n x n signed bytes. */
export interface ChainInput {
  readonly a: Int8Array
  readonly b: Int8Array
}

/** 32 bits of a beacon and of who owes the work, as the kernels take a seed. */
export const chainSeed = (beacon: bigint, provider: string): number =>
  [...new TextEncoder().encode(`${beacon}/${provider}`)].reduce((seed, byte) => mix(seed ^ byte), 0)

/** Measured: at 8 rows states shrink to zeros within some steps; from 32 on they stay as random as they began. */
export const nLeast = 32

export const chainInput = (seed: number, n: number): ChainInput => {
  if (n < nLeast) throw new Error(`a chain needs matrices of ${nLeast} rows at least, not ${n}`)
  return { a: matrix(stream(seed, 0), n), b: matrix(stream(seed, 1), n) }
}

const matrix = (key: number, n: number): Int8Array => Int8Array.from({ length: n * n }, (_, index) => int8(word(key, index)))

/** C by columns. Sums of n products of bytes are exact in int32 for n up to 131,071. */
export const product = (a: Int8Array, b: Int8Array, n: number): Int32Array => {
  const c = new Int32Array(n * n)
  for (let column = 0; column < n; column++)
    for (let row = 0; row < n; row++) {
      let sum = 0
      for (let k = 0, left = row * n, right = column * n; k < n; k++, left++, right++) sum += a[left]! * b[right]!
      c[column * n + row] = sum
    }
  return c
}

export const next = (c: Int32Array): Int8Array => Int8Array.from(c, requant)
