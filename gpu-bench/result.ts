import { Schema } from "effect"
import { Check } from "./check.ts"
import { RunnerName, SizeName } from "./kernel.ts"

const Measure = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))
const Digest = Schema.String.check(Schema.isPattern(/^[0-9a-f]{16}$/))

/** Times of one kernel in one regime. */
export const Regime = Schema.Struct({
  /** burst: at once after warming up; sustained: for seconds, when clocks and heat have settled. */
  kind: Schema.Literals(["burst", "sustained"]),
  /** Milliseconds of one run of the kernel, each the mean over `runsPerSample` runs, in order of time. */
  samplesMs: Schema.Array(Measure),
  runsPerSample: Schema.Int,
  medianMs: Measure,
  p10Ms: Measure,
  p90Ms: Measure,
  /** The kernel's figure at the median, in the unit of its specification. */
  figure: Measure,
  /** Against the datasheet; absent where the device or the kernel's demand is not known. */
  roofline: Schema.optionalKey(Schema.Struct({ bound: Schema.Literals(["compute", "memory"]), fraction: Measure })),
  /** What NVML read while it ran. */
  state: Schema.optionalKey(
    Schema.Struct({
      smMhzMedian: Measure,
      memoryMhzMedian: Measure,
      /** nvmlClocksEventReasons, all bits seen. */
      throttleBits: Schema.Int,
      celsiusMax: Measure,
    }),
  ),
  /** Difference of NVML's energy counter over the regime, and the idle power before it. */
  energy: Schema.optionalKey(Schema.Struct({ joules: Measure, seconds: Measure, idleWatts: Measure, joulesPerRun: Measure })),
})
export type Regime = typeof Regime.Type

/** One kernel of one variant on one device. */
export const KernelResult = Schema.Struct({
  kernel: Schema.String,
  /** own: our kernel; cublas: the vendor's library; graph: launches replayed from a graph. */
  variant: Schema.Literals(["own", "cublas", "graph"]),
  size: Schema.Record(Schema.String, Schema.Int),
  /** The whole output at the small size, before anything is timed. */
  smallCheck: Check,
  smallDigest: Digest,
  /** The output at the measured size: a sample against the reference. */
  check: Check,
  /** Of the whole output, before and after the timed runs: one flipped bit shows, however small. */
  digestBefore: Digest,
  digestAfter: Digest,
  isRight: Schema.Boolean,
  timer: Schema.Literals(["cudaEvent", "timestampQuery", "host"]),
  regimes: Schema.Array(Regime),
})
export type KernelResult = typeof KernelResult.Type

/** Whether an answer was right at both sizes, and stayed the same to the bit while it was timed. */
export const rightness = (found: Pick<KernelResult, "smallCheck" | "check" | "digestBefore" | "digestAfter">): boolean =>
  found.smallCheck.isRight && found.check.isRight && found.digestBefore === found.digestAfter

/** A kernel that was not measured, and why. */
export const Absent = Schema.Struct({ kernel: Schema.String, reason: Schema.String })
export type Absent = typeof Absent.Type

export const Device = Schema.Struct({
  name: Schema.String,
  /** A processor that plays a GPU (SwiftShader, lavapipe): good for checks, never for calibration. */
  isSoftware: Schema.Boolean,
  driver: Schema.String,
  memoryMib: Schema.optionalKey(Measure),
  multiprocessors: Schema.optionalKey(Schema.Int),
  computeCapability: Schema.optionalKey(Schema.String),
  l2Mib: Schema.optionalKey(Measure),
})
export type Device = typeof Device.Type

/** A file of `gpu-bench/results/`: `<date>-<device>-<runner>.json`. */
export const BenchResult = Schema.Struct({
  format: Schema.Literal(1),
  date: Schema.String.check(Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/)),
  codeVersion: Schema.String,
  runner: RunnerName,
  /** Where WGSL ran; a browser's numbers are a class of their own. */
  host: Schema.Literals(["native", "node", "browser"]),
  size: SizeName,
  device: Device,
  /** Source of the peaks behind the roofline fractions. */
  peakSource: Schema.optionalKey(Schema.String),
  kernels: Schema.Array(KernelResult),
  absent: Schema.Array(Absent),
})
export type BenchResult = typeof BenchResult.Type

/** The name of a result's file. */
export const resultFileName = ({ date, device, runner }: BenchResult): string =>
  `${date}-${device.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")}-${runner}.json`

/** Why a result may not calibrate anything; undefined where it may. */
export const refusal = ({ device, size, kernels }: BenchResult): string | undefined => {
  if (device.isSoftware) return `${device.name} is a software device: it checks kernels and measures nothing`
  if (size === "ci") return "size ci checks kernels and measures nothing"
  const wrong = kernels.filter(({ isRight }) => !isRight).map(({ kernel, variant }) => `${kernel} (${variant})`)
  return wrong.length > 0 ? `wrong answers of ${wrong.join(", ")}` : undefined
}
