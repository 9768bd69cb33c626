import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Schema } from "effect"
import { allOf, type Check, check, sampleOf } from "../check.ts"
import { demandOf, figureOf, type Kernel, type KernelSize, kernels, type SizeName } from "../kernel.ts"
import { datasheetOf } from "../datasheet.ts"
import { roofline } from "../roofline.ts"
import { type Absent, Device, type KernelResult, Regime, rightness } from "../result.ts"
import { median, percentile } from "../statistics.ts"

/** A kernel's program failed, or its answer cannot be read. */
export class CudaRunFailed extends Schema.TaggedError<CudaRunFailed>()("CudaRunFailed", {
  message: Schema.String,
}) {}

/** What a program says without a device (77), with the words that it said. */
export class CudaUnavailable extends Schema.TaggedError<CudaUnavailable>()("CudaUnavailable", {
  message: Schema.String,
}) {}

const noDevice = 77

/** What a program prints; the processor's build gives the digest only. */
const { medianMs: _, p10Ms: _p10, p90Ms: _p90, figure: _figure, roofline: _roofline, ...rawRegime } = Regime.fields
const Answer = Schema.Struct({
  digest: Schema.String,
  digestAfter: Schema.optionalKey(Schema.String),
  regimes: Schema.optionalKey(Schema.Array(Schema.Struct(rawRegime))),
  device: Schema.optionalKey(Device),
})
type Answer = typeof Answer.Type

interface Ask {
  readonly burst?: number
  readonly sustained?: number
  readonly variant?: KernelResult["variant"]
  /** The file of cuBLAS, where the loader does not find it. */
  readonly cublas?: string
}

export interface CudaOptions {
  readonly size: SizeName
  readonly sustainedSeconds: number
  readonly cublas?: string | undefined
  readonly onKernel?: (kernel: Kernel, variant: KernelResult["variant"]) => void
}

/**
 * Runs one program of `folder` once and compares its output at `places` with the reference. Rejects with `CudaUnavailable` or
 * `CudaRunFailed`.
 */
export const askCuda = async (
  folder: string,
  kernel: Kernel,
  size: KernelSize,
  places: Uint32Array,
  { burst = 0, sustained = 0, variant = "own", cublas }: Ask = {},
): Promise<{ readonly words: Uint32Array; readonly check: Check; readonly answer: Answer }> => {
  const scratch = mkdtempSync(join(tmpdir(), "depinlab-cuda-"))
  try {
    const [placesFile, wordsFile] = [join(scratch, "places"), join(scratch, "words")]
    writeFileSync(placesFile, places)
    const words = Object.entries({ seed: kernel.seed, ...size, places: placesFile, words: wordsFile, variant, burst, sustained })
    const given = [...words, ...(cublas === undefined ? [] : [["cublas", cublas]])].map(([name, value]) => `${name}=${value}`)
    const answer = Schema.decodeUnknownSync(Answer)(JSON.parse(await output(join(folder, kernel.id), given)))
    const bytes = readFileSync(wordsFile)
    const found = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    return { words: found, check: check(kernel, size, places, found), answer }
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

const output = (program: string, given: ReadonlyArray<string>): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(program, [...given], { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout)
      const message = `${program}: ${stderr.trim() || error.message}`
      reject(error.code === noDevice ? new CudaUnavailable({ message: stderr.trim() }) : new CudaRunFailed({ message }))
    })
  })

/** The ways in which a kernel is run: our own, and where there is one, the vendor's. */
export const variantsOf = ({ id, reference }: Kernel): ReadonlyArray<KernelResult["variant"]> =>
  reference === "gemm" ? ["cublas", "own"] : id === "launch" ? ["own", "graph"] : ["own"]

/** Checks and measures every kernel, one program after the other. Rejects when there is no device, or a program fails. */
export const runCuda = async (
  folder: string,
  { size: sizeName, sustainedSeconds, cublas, onKernel }: CudaOptions,
): Promise<{ readonly device: Device; readonly kernels: ReadonlyArray<KernelResult>; readonly absent: ReadonlyArray<Absent> }> => {
  const found: Array<KernelResult> = []
  const absent: Array<Absent> = []
  let device: Device | undefined
  for (const kernel of kernels)
    for (const variant of variantsOf(kernel)) {
      onKernel?.(kernel, variant)
      const ask = { variant, ...(cublas !== undefined && { cublas }) }
      const size = kernel.sizes[sizeName]
      try {
        const small = await askCuda(folder, kernel, kernel.sizes.ci, allOf(kernel, kernel.sizes.ci), ask)
        const { answer, check } = await askCuda(folder, kernel, size, sampleOf(kernel, size), {
          ...ask,
          burst: 50,
          sustained: sustainedSeconds,
        })
        device = answer.device
        const digests = { smallDigest: small.answer.digest, digestBefore: answer.digest, digestAfter: answer.digestAfter! }
        const answers = { smallCheck: small.check, check, ...digests }
        found.push({
          kernel: kernel.id,
          variant,
          size,
          ...answers,
          isRight: rightness(answers),
          timer: "cudaEvent",
          regimes: answer.regimes!.map((regime) => summed(kernel, size, device!.name, regime)),
        })
      } catch (error) {
        // Without a device there is nothing to measure; without a library, this variant only.
        if (!(error instanceof CudaUnavailable) || !error.message.includes("libcublas")) throw error
        absent.push({ kernel: kernel.id, reason: error.message })
      }
    }
  return { device: device!, kernels: found, absent }
}

/** A regime with its statistics. */
const summed = (kernel: Kernel, size: KernelSize, deviceName: string, regime: NonNullable<Answer["regimes"]>[number]): Regime => {
  const medianMs = median(regime.samplesMs)
  const demand = demandOf(kernel, size)
  const sheet = datasheetOf(deviceName)
  const near = sheet && roofline(kernel, sheet, demand, medianMs / 1e3)
  return {
    ...regime,
    medianMs,
    p10Ms: percentile(regime.samplesMs, 0.1),
    p90Ms: percentile(regime.samplesMs, 0.9),
    figure: figureOf(kernel, demand.work, medianMs / 1e3),
    ...(near && { roofline: near }),
  }
}
