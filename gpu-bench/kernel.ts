import { Schema } from "effect"
import { type Formula, parseFormula } from "../sim/formula.ts"
import specification from "./kernels.json" with { type: "json" }

/** Parameters of a kernel by name, whole numbers. */
export type KernelSize = Readonly<Record<string, number>>

/** ci: seconds on a processor; quick and full: beyond the caches of a GPU. */
export const SizeName = Schema.Literals(["ci", "quick", "full"])
export type SizeName = typeof SizeName.Type

export const RunnerName = Schema.Literals(["wgsl", "cuda"])
export type RunnerName = typeof RunnerName.Type

const Size = Schema.Record(Schema.String, Schema.Int.check(Schema.isGreaterThan(0)))

const FormulaText = Schema.String.check(Schema.isMaxLength(300))

const Share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

/** One kernel as `kernels.json` tells it. */
export const Kernel = Schema.Struct({
  id: Schema.String.check(Schema.isPattern(/^[a-z][A-Za-z0-9]*$/)),
  title: Schema.String,
  /** What in an application it stands for. */
  standsFor: Schema.String,
  /** The name of its CPU reference in `references/index.ts`. */
  reference: Schema.String,
  /** How the inputs are made from the hash (`input.ts`). */
  element: Schema.Literals(["u32", "f32", "bf16", "int8"]),
  /** What the 32-bit words of the output are. */
  output: Schema.Literals(["u32", "i32", "f32"]),
  /** Whose peak bounds its arithmetic; none where no count of operations is known. */
  unit: Schema.Literals(["none", "f32", "bf16", "int8", "int32"]),
  /** What its figure counts, per run of the kernel. */
  work: Schema.Struct({
    formula: FormulaText,
    label: Schema.Literals(["us per launch", "GB/s", "TFLOP/s", "TOP/s", "Msample/s", "Ghash/s"]),
  }),
  /** Operations that a run must do. */
  flop: FormulaText,
  /** Bytes that a run must move through device memory: every input read once, every output written once. */
  bytes: FormulaText,
  sizes: Schema.Struct({ ci: Size, quick: Size, full: Size }),
  /** The most that ||out - ref|| / ||ref|| may be; 0: every word exactly. */
  tolerance: Share,
  /** The most that one |out - ref| may be, over the root mean square of ref. */
  elementTolerance: Share,
  /** Seed of the inputs. */
  seed: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff_ffff })),
  /** `yes`, or why a runner does not have it. */
  runners: Schema.Struct({ wgsl: Schema.String, cuda: Schema.String }),
})
export type Kernel = typeof Kernel.Type

export const KernelFile = Schema.Struct({ kernels: Schema.Array(Kernel) })

export const kernels: ReadonlyArray<Kernel> = Schema.decodeUnknownSync(KernelFile)(specification).kernels

/** The kernel of an id. Throws where there is none, which is a bug. */
export const kernelOf = (id: string): Kernel => {
  const found = kernels.find((kernel) => kernel.id === id)
  if (found === undefined) throw new Error(`there is no kernel ${id}; there are ${kernels.map((kernel) => kernel.id).join(", ")}`)
  return found
}

/** A formula of a kernel at a size. Throws `FormulaInvalid` where it names what is no parameter. */
export const amountOf = (formula: string, size: KernelSize): number => {
  const names = Object.keys(size)
  const amount: Formula = parseFormula(formula, names)
  return amount(...names.map((name) => size[name]!))
}

/** What one run of a kernel must do at a size. */
export const demandOf = ({ flop, bytes, work }: Kernel, size: KernelSize) => ({
  flop: amountOf(flop, size),
  bytes: amountOf(bytes, size),
  work: amountOf(work.formula, size),
})

/** What a kernel of one name says of itself in `label`'s unit, from the time of one run. */
export const figureOf = ({ work }: Kernel, amount: number, seconds: number): number => {
  switch (work.label) {
    case "us per launch":
      return (seconds * 1e6) / amount
    case "GB/s":
    case "Ghash/s":
      return amount / seconds / 1e9
    case "TFLOP/s":
    case "TOP/s":
      return amount / seconds / 1e12
    case "Msample/s":
      return amount / seconds / 1e6
  }
}
