import type { Kernel, KernelSize } from "../kernel.ts"

/**
 * The right answer of a kernel, on the processor: exact for integers, float64 for floats. Any elements can be asked for, so that a
 * large output is checked at a sample of places.
 */
export interface Reference {
  /** 32-bit words of the output. */
  readonly length: (size: KernelSize) => number
  /** Elements of the output at the indices. */
  readonly at: (kernel: Kernel, size: KernelSize, indices: Uint32Array) => Float64Array
  /** Places that are cheap to compute together, drawn by `draw(below)`; elements drawn one by one where it is left out. */
  readonly sample?: (size: KernelSize, draw: (below: number) => number) => Uint32Array
}

/** A reference whose elements are computed one by one. */
export const each = (at: (index: number) => number, indices: Uint32Array): Float64Array => Float64Array.from(indices, at)

/** Parameters of a size by name. Throws where one is missing, which is a bug of the specification. */
export const parameter = (size: KernelSize, name: string): number => {
  const value = size[name]
  if (value === undefined) throw new Error(`a kernel's size lacks ${name}; it has ${Object.keys(size).join(", ")}`)
  return value
}
