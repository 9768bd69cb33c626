import { Schema } from "effect"
import { kernelOf } from "./kernel.ts"
import { BenchResult, type KernelResult, type Regime } from "./result.ts"

// Results that no card gave, for tests alone: a file of them under gpu-bench/results/ would be a lie.

const check = { compared: 1, length: 1, relativeError: 0, worstElement: 0, isRight: true }
const digest = "0123456789abcdef"

const regime = (kind: Regime["kind"], medianMs: number, watts: number | undefined, idleWatts: number): Regime => ({
  kind,
  samplesMs: [medianMs],
  runsPerSample: 1,
  medianMs,
  p10Ms: medianMs,
  p90Ms: medianMs,
  figure: 1,
  ...(watts !== undefined && { energy: { joules: 20 * watts, seconds: 20, idleWatts, joulesPerRun: (watts * medianMs) / 1e3 } }),
})

/** A kernel at its full size; with `watts`, what NVML would have counted while it ran for 20 s. */
export const kernelFixture = (
  id: string,
  medianMs: number,
  {
    variant = "own",
    watts,
    idleWatts = 70,
  }: { readonly variant?: KernelResult["variant"]; readonly watts?: number; readonly idleWatts?: number } = {},
): KernelResult => ({
  kernel: id,
  variant,
  size: kernelOf(id).sizes.full,
  smallCheck: check,
  smallDigest: digest,
  check,
  digestBefore: digest,
  digestAfter: digest,
  isRight: true,
  timer: "cudaEvent",
  regimes: [regime("burst", 1, undefined, idleWatts), regime("sustained", medianMs, watts, idleWatts)],
})

/** A result file as JSON has it, with changes of its own. */
export const resultFixture = (name: string, kernels: ReadonlyArray<KernelResult>, changes: Partial<BenchResult> = {}): BenchResult => ({
  format: 1,
  date: "2026-11-28",
  codeVersion: "0",
  runner: "cuda",
  host: "native",
  size: "full",
  device: { name, isSoftware: false, driver: "1" },
  kernels,
  absent: [],
  ...changes,
})

export const readResult = Schema.decodeUnknownSync(BenchResult)
