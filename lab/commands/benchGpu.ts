import { execFileSync, spawnSync } from "node:child_process"
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Option, Schema } from "effect"
import { Command, Flag } from "effect/cli"
import { buildCuda } from "../../gpu-bench/cuda/buildCuda.ts"
import { runCuda } from "../../gpu-bench/cuda/runCuda.ts"
import { kernelOf, kernels, type SizeName } from "../../gpu-bench/kernel.ts"
import { datasheetOf } from "../../gpu-bench/datasheet.ts"
import { Absent, BenchResult, Device, KernelResult, refusal, resultFileName } from "../../gpu-bench/result.ts"
import { codeVersion } from "../codeVersion.ts"
import { packageFile } from "../packageRoot.ts"
import { number, print, printJson, say, textTable } from "../print.ts"
import * as flags from "./flags.ts"

/** The kernels were not run: no device, no compiler, or a program failed. The message says which, and what to install. */
export class GpuBenchFailed extends Schema.TaggedError<GpuBenchFailed>()("GpuBenchFailed", {
  message: Schema.String,
}) {}

/** A kernel's answer is wrong; the result file is written all the same. */
export class KernelWrong extends Schema.TaggedError<KernelWrong>()("KernelWrong", {
  message: Schema.String,
}) {}

const runner = Flag.Literals("runner", ["cuda", "wgsl"]).pipe(
  Flag.withDescription("cuda: an NVIDIA card, with nvcc; wgsl: any card through Vulkan, Metal or Direct3D (default: cuda)"),
  Flag.withDefault("cuda" as const),
)

const size = Flag.Literals("size", ["ci", "quick", "full"]).pipe(
  Flag.withDescription("ci: checks only; quick: 3 s a kernel; full: 20 s a kernel, with which to calibrate (default: quick)"),
  Flag.withDefault("quick" as const),
)

const software = Flag.Boolean("software").pipe(
  Flag.withDescription("With wgsl: SwiftShader, a processor that plays a GPU; checks the kernels and measures nothing"),
  Flag.withDefault(false),
)

const out = Flag.String("out").pipe(
  Flag.withMetavar("DIR"),
  Flag.withDescription("Directory of the result file (default: gpu-bench/results)"),
  Flag.optional,
)

const sustainedSeconds: Readonly<Record<SizeName, number>> = { ci: 0, quick: 3, full: 20 }

export const benchGpu = Command.make(
  "gpu",
  { runner, size, software, out, json: flags.json },
  Effect.fn(function* ({ runner, size, software, out, json }) {
    const outcome = yield* Effect.tryPromise({
      try: () => (runner === "cuda" ? byCuda(size) : byWgsl(size, software)),
      catch: (error) => new GpuBenchFailed({ message: (error as Error).message }),
    })
    const result: BenchResult = {
      format: 1,
      date: new Date().toISOString().slice(0, 10),
      codeVersion: codeVersion(),
      runner,
      host: runner === "cuda" ? "native" : "node",
      size,
      ...outcome,
      ...sourceOf(outcome.device),
    }
    const folder = Option.getOrElse(out, () => join("gpu-bench", "results"))
    mkdirSync(folder, { recursive: true })
    const path = join(folder, resultFileName(result))
    writeFileSync(path, `${JSON.stringify(Schema.encodeSync(BenchResult)(result), null, 1)}\n`)
    if (json) printJson(result)
    else print(table(result, path))
    const wrong = result.kernels.filter(({ isRight }) => !isRight).map(({ kernel, variant }) => `${kernel} (${variant})`)
    if (wrong.length > 0) return yield* new KernelWrong({ message: `wrong answers of ${wrong.join(", ")}: see ${path}` })
  }),
).pipe(Command.withDescription("Build, check and measure the GPU kernels on this machine's card"))

interface Outcome {
  readonly device: Device
  readonly kernels: ReadonlyArray<KernelResult>
  readonly absent: ReadonlyArray<Absent>
}

const sourceOf = ({ name }: Device): { readonly peakSource?: string } => {
  const sheet = datasheetOf(name)
  return sheet === undefined ? {} : { peakSource: sheet.source }
}

const byCuda = async (size: SizeName): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), "depinlab-cuda-"))
  try {
    say("building the kernels with nvcc")
    const programs = kernels.filter(({ runners }) => runners.cuda === "yes").map(({ id }) => id)
    await buildCuda(packageFile("gpu-bench", "cuda"), programs, hasCard() ? "native" : "every", folder)
    return await runCuda(folder, {
      size,
      sustainedSeconds: sustainedSeconds[size],
      cublas: process.env["DEPINLAB_CUBLAS"] ?? pythonCublas(),
      onKernel: ({ id }, variant) => say(`cuda: ${id}, ${variant}`),
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `-arch=native` asks the driver what the card is, which needs one. */
const hasCard = (): boolean => spawnSync("nvidia-smi", ["-L"], { stdio: "ignore" }).status === 0

/** The cuBLAS that PyTorch brings; undefined where Python has none. */
const pythonCublas = (): string | undefined => {
  try {
    const folders = execFileSync("python3", ["-c", "import nvidia; print(*nvidia.__path__, sep='\\n')"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    })
    return folders
      .trim()
      .split("\n")
      .flatMap((folder) => globSync(join(folder, "**", "lib", "libcublas.so.*")))[0]
  } catch {
    return undefined
  }
}

const WgslAnswer = Schema.Struct({ about: Device, kernels: Schema.Array(KernelResult), absent: Schema.Array(Absent) })

const byWgsl = async (size: SizeName, software: boolean): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), "depinlab-wgsl-"))
  try {
    const file = join(folder, "outcome.json")
    const program = packageFile("dist", "wgslProcess.js")
    const { status, signal } = spawnSync(
      process.execPath,
      [program, size, String(sustainedSeconds[size]), software ? "software" : "any", file],
      {
        stdio: ["ignore", "ignore", "inherit"],
      },
    )
    if (status !== 0) throw new Error(`the WGSL kernels did not run (${signal ?? `exit code ${status}`}); the reason stands above`)
    const { about, kernels, absent } = Schema.decodeUnknownSync(WgslAnswer)(JSON.parse(readFileSync(file, "utf8")))
    return { device: about, kernels, absent }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Our kernel's speed as a share of the vendor's library's, where that was measured beside it. */
const ofCublas = (
  { kernels }: BenchResult,
  kernel: string,
  { kind, medianMs }: BenchResult["kernels"][number]["regimes"][number],
): string => {
  const vendor = kernels
    .find((entry) => entry.kernel === kernel && entry.variant === "cublas")
    ?.regimes.find((regime) => regime.kind === kind)
  return vendor === undefined ? "-" : (vendor.medianMs / medianMs).toFixed(3)
}

const table = (result: BenchResult, path: string): string => {
  const rows = result.kernels.flatMap(({ kernel, variant, regimes, isRight, check, smallCheck }) =>
    regimes.map((regime) => [
      kernel,
      variant,
      regime.kind,
      number(regime.medianMs),
      number(regime.figure),
      kernelOf(kernel).work.label,
      regime.roofline === undefined ? "-" : regime.roofline.fraction.toFixed(3),
      variant === "own" ? ofCublas(result, kernel, regime) : "-",
      regime.energy === undefined ? "-" : number(regime.energy.joulesPerRun),
      `${isRight ? "right" : "WRONG"}, ${kernelOf(kernel).tolerance === 0 ? "exact" : `error ${Math.max(check.relativeError ?? NaN, smallCheck.relativeError ?? NaN).toExponential(1)}`}`,
    ]),
  )
  const refused = refusal(result)
  return [
    textTable(["kernel", "variant", "regime", "ms", "figure", "unit", "of roofline", "of cuBLAS", "J a run", "check"], rows),
    ...result.absent.map(({ kernel, reason }) => `absent: ${kernel}: ${reason}`),
    `${result.device.name}, driver ${result.device.driver}; ${result.peakSource === undefined ? "no datasheet known, so no roofline" : `roofline: ${result.peakSource}`}`,
    ...(refused === undefined ? [] : [`not for calibration: ${refused}`]),
    `stored in ${path}`,
  ].join("\n")
}
