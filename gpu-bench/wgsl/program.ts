import { stream } from "../input.ts"
import type { Kernel, KernelSize } from "../kernel.ts"
import { headDim } from "../references/softmaxSum.ts"
import { parameter } from "../references/reference.ts"
import { referenceOf } from "../references/index.ts"
import type { ShaderName } from "./shaders.ts"

type Workgroups = readonly [x: number, y?: number, z?: number]

interface Pass {
  readonly shader: ShaderName
  /** `main` when left out. */
  readonly entry?: string
  /** Uniform words, at most eight. */
  readonly words: ReadonlyArray<number>
  /** Names of buffers by binding. */
  readonly bind: Readonly<Record<number, string>>
  readonly workgroups: Workgroups
  /** Dispatches one after the other; 1 when left out. */
  readonly times?: number
}

interface Input {
  readonly words: number
  /** How its words are made (`fill.wgsl`); a buffer without it is scratch. */
  readonly fill?: { readonly key: number; readonly kind: 0 | 1 | 2 | 3 }
}

/** What one run of a kernel does in WGSL. The output is the buffer `out`. */
export interface Program {
  readonly buffers: Readonly<Record<string, Input>>
  readonly passes: ReadonlyArray<Pass>
}

const groupsMax = 65_535

/** Workgroups for so many threads; the second dimension takes what the first may not hold. */
export const workgroupsFor = (threads: number, size: number): Workgroups => {
  const groups = Math.ceil(threads / size)
  const rows = Math.ceil(groups / groupsMax)
  return [Math.ceil(groups / rows), rows]
}

/** The program of a kernel at a size; undefined where plain WGSL cannot have it. */
export const programOf = (kernel: Kernel, size: KernelSize): Program | undefined => {
  const program = programs[kernel.id]?.(
    (name) => parameter(size, name),
    (number, words, kind) => ({ words, fill: { key: stream(kernel.seed, number), kind } }),
  )
  return program && { ...program, buffers: { ...program.buffers, out: { words: referenceOf(kernel).length(size) } } }
}

type Make = (get: (name: string) => number, input: (number: number, words: number, kind: 0 | 1 | 2 | 3) => Input) => Program

const programs: Readonly<Record<string, Make>> = {
  launch: (get) => {
    const one = { shader: "launch", bind: { 1: "out" }, workgroups: [1] } as const
    return {
      buffers: {},
      passes: [
        { ...one, words: [1] },
        { ...one, words: [0], times: get("launches") - 1 },
      ],
    }
  },
  triad: (get, input) => {
    const n = get("n")
    return {
      buffers: { b: input(0, n, 1), c: input(1, n, 1) },
      passes: [{ shader: "triad", words: [n], bind: { 1: "b", 2: "c", 3: "out" }, workgroups: workgroupsFor(n, 256) }],
    }
  },
  gemmF32: (get, input) => {
    const n = get("n")
    return {
      buffers: { a: input(0, n * n, 1), b: input(1, n * n, 1) },
      passes: [{ shader: "gemmF32", words: [n], bind: { 1: "a", 2: "b", 3: "out" }, workgroups: [n / 64, n / 64] }],
    }
  },
  gemmInt8: (get, input) => {
    const n = get("n")
    return {
      buffers: { a: input(0, (n * n) / 4, 3), b: input(1, (n * n) / 4, 3) },
      passes: [{ shader: "gemmInt8", words: [n, n / 4], bind: { 1: "a", 2: "b", 3: "out" }, workgroups: [n / 64, n / 64] }],
    }
  },
  gemmChain: (get, input) => {
    const [n, steps] = [get("n"), get("steps")]
    const words = (n * n) / 4
    const right = (step: number) => (step === 0 ? "b" : ["even", "odd"][step % 2]!)
    return {
      buffers: { a: input(0, words, 3), b: input(1, words, 3), even: { words }, odd: { words } },
      passes: Array.from({ length: steps }, (_, step) => ({
        shader: "gemmInt8",
        entry: "step",
        words: [n, n / 4],
        bind: { 1: "a", 2: right(step), 3: "out", 4: right(step + 1) },
        workgroups: [n / 64, n / 64],
      })),
    }
  },
  decode: (get, input) => {
    const [rows, cols, batch, heads, context] = [get("rows"), get("cols"), get("batch"), get("heads"), get("context")]
    const [all, splits] = [batch * heads, context / 256]
    const words = [rows, cols, batch, heads, context, splits, rows * batch]
    return {
      buffers: {
        weights: input(0, (rows * cols) / 2, 2),
        x: input(1, batch * cols, 1),
        queries: input(2, all * headDim, 1),
        keys: input(3, (all * context * headDim) / 2, 2),
        values: input(4, (all * context * headDim) / 2, 2),
        partial: { words: all * splits * (headDim + 2) },
      },
      passes: [
        { shader: "decode", entry: "product", words, bind: { 1: "weights", 2: "x", 3: "out" }, workgroups: workgroupsFor(rows, 1) },
        {
          shader: "decode",
          entry: "attend",
          words,
          bind: { 4: "queries", 5: "keys", 6: "values", 7: "partial" },
          workgroups: [splits, all],
        },
        { shader: "decode", entry: "combine", words, bind: { 3: "out", 7: "partial" }, workgroups: [all] },
      ],
    }
  },
  attention: (get, input) => {
    const [heads, seq] = [get("heads"), get("seq")]
    const words = (heads * seq * headDim) / 2
    return {
      buffers: { q: input(0, words, 2), k: input(1, words, 2), v: input(2, words, 2) },
      passes: [{ shader: "attention", words: [seq], bind: { 1: "q", 2: "k", 3: "v", 4: "out" }, workgroups: [seq / 16, heads] }],
    }
  },
  fma: (get, input) => {
    const [n, rounds] = [get("n"), get("rounds")]
    return {
      buffers: { data: input(0, n, 1) },
      passes: [{ shader: "fma", words: [n, rounds], bind: { 1: "data", 2: "out" }, workgroups: workgroupsFor(n, 256) }],
    }
  },
  stencil: (get, input) => {
    const n = get("n")
    const workgroups = [Math.ceil(n / 64), Math.ceil(n / 4), n] as const
    return { buffers: { u: input(0, n * n * n, 1) }, passes: [{ shader: "stencil", words: [n], bind: { 1: "u", 2: "out" }, workgroups }] }
  },
  nbody: (get, input) => {
    const n = get("n")
    return {
      buffers: { bodies: input(0, 4 * n, 1) },
      passes: [{ shader: "nbody", words: [n], bind: { 1: "bodies", 2: "out" }, workgroups: [n / 256] }],
    }
  },
  pathTracer: (get, input) => {
    const [width, height, samples] = [get("width"), get("height"), get("samples")]
    const words = [width, height, samples, input(0, 0, 0).fill!.key]
    return { buffers: {}, passes: [{ shader: "pathTracer", words, bind: { 1: "out" }, workgroups: workgroupsFor(width * height, 64) }] }
  },
  hash: (get, input) => {
    const [n, rounds] = [get("n"), get("rounds")]
    const words = [n, rounds, input(0, 0, 0).fill!.key]
    return { buffers: {}, passes: [{ shader: "hash", words, bind: { 1: "out" }, workgroups: workgroupsFor(n, 256) }] }
  },
}
