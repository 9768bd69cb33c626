/**
 * Inputs of the kernels, the same in TypeScript, WGSL (`wgsl/fill.wgsl`) and CUDA (`cuda/input.cuh`): an integer hash of the stream and
 * the index of the element. Floats are made of its bits without rounding.
 */

const golden = 0x9e37_79b9

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): a bijection of 32-bit words. */
export const mix = (word: number): number => {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The key of one input of a kernel; streams are numbered from 0. */
export const stream = (seed: number, number: number): number => mix(seed + Math.imul(number, golden))

/** The word at an index of a stream. */
export const word = (key: number, index: number): number => mix(mix(index) ^ key)

/** A number in [-1, 1), a multiple of 2^-23, exact in f32. */
export const unit = (word: number): number => (word >>> 8) / 8_388_608 - 1

const bits = new DataView(new ArrayBuffer(4))

/** The same, cut (not rounded) to the 8 significant bits of bf16. */
export const bf16 = (word: number): number => {
  bits.setFloat32(0, unit(word))
  bits.setUint16(2, 0)
  return bits.getFloat32(0)
}

/** The lowest byte as a number in [-128, 127]. */
export const int8 = (word: number): number => (word << 24) >> 24

/** By the name of the specification: the element at an index of a stream. */
export const elementOf = { u32: (word: number) => word, f32: unit, bf16, int8 } as const
