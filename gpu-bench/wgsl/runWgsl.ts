import { allOf, type Check, check, sampleOf } from "../check.ts"
import { demandOf, figureOf, type Kernel, type KernelSize, kernels, type SizeName } from "../kernel.ts"
import { type Datasheet, datasheetOf } from "../datasheet.ts"
import { roofline } from "../roofline.ts"
import { type Absent, type Device, type KernelResult, type Regime, rightness } from "../result.ts"
import { median, percentile } from "../statistics.ts"
import { type DeviceProgram, deviceProgram, misfit } from "./deviceProgram.ts"
import { programOf } from "./program.ts"

export interface WgslOptions {
  readonly size: SizeName
  readonly kernels?: ReadonlyArray<Kernel>
  /** Milliseconds that a sample should take at least: clocks of browsers are coarse. */
  readonly sampleMs?: number
  /** Seconds of the sustained regime; 0 leaves it out. */
  readonly sustainedSeconds?: number
  /** Called before each kernel. */
  readonly onKernel?: (kernel: Kernel) => void
}

export interface WgslOutcome {
  readonly kernels: ReadonlyArray<KernelResult>
  readonly absent: ReadonlyArray<Absent>
}

/** What the runner wants of an adapter, so that large buffers fit: hand it to `requestDevice`. */
export const deviceDescriptor = ({ features, limits }: GPUAdapter): GPUDeviceDescriptor => ({
  requiredFeatures: features.has("timestamp-query") ? ["timestamp-query"] : [],
  requiredLimits: {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
  },
})

/** The device behind an adapter, and whether it is a processor that plays one. */
export const deviceOf = ({ info }: GPUAdapter): Device => {
  const name = info.description || [info.vendor, info.architecture].filter(Boolean).join(" ") || "unnamed device"
  const isSoftware =
    info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(`${name} ${info.architecture} ${info.device}`)
  return { name, isSoftware, driver: [info.vendor, info.architecture, info.device].filter(Boolean).join(" ") || "unknown" }
}

/**
 * Checks and measures kernels on a WebGPU device, in Node or in a browser: the small size whole against the reference, then the wanted
 * size at a sample of places, before and after the timed runs. Rejects when the device is lost or a shader does not compile.
 */
export const runWgsl = async (device: GPUDevice, deviceName: string, options: WgslOptions): Promise<WgslOutcome> => {
  const found: Array<KernelResult> = []
  const absent: Array<Absent> = []
  for (const kernel of options.kernels ?? kernels) {
    options.onKernel?.(kernel)
    const size = kernel.sizes[options.size]
    const program = programOf(kernel, size)
    const reason = program === undefined ? kernel.runners.wgsl : misfit(program, device.limits)
    if (reason === undefined) found.push(await measure(device, kernel, size, datasheetOf(deviceName), options))
    else absent.push({ kernel: kernel.id, reason })
  }
  return { kernels: found, absent }
}

const measure = async (
  device: GPUDevice,
  kernel: Kernel,
  size: KernelSize,
  sheet: Datasheet | undefined,
  options: WgslOptions,
): Promise<KernelResult> => {
  const small = await once(device, kernel, kernel.sizes.ci)
  const places = sampleOf(kernel, size)
  const program = await deviceProgram(device, programOf(kernel, size)!)
  try {
    program.runOnPoison()
    const digestBefore = await program.digest()
    const timer = timerOf(device, program)
    const regimes = await regimesOf(kernel, size, timer.run, sheet, options)
    const digestAfter = await program.digest()
    const sampled = check(kernel, size, places, await program.wordsAt(places))
    const answers = { smallCheck: small.check, smallDigest: small.digest, check: sampled, digestBefore, digestAfter }
    return {
      kernel: kernel.id,
      variant: "own",
      size,
      ...answers,
      isRight: rightness(answers),
      timer: timer.kind,
      regimes,
    }
  } finally {
    program.destroy()
  }
}

/** The whole output of a size, once. */
const once = async (device: GPUDevice, kernel: Kernel, size: KernelSize): Promise<{ readonly check: Check; readonly digest: string }> => {
  const program = await deviceProgram(device, programOf(kernel, size)!)
  try {
    program.runOnPoison()
    const places = allOf(kernel, size)
    return { check: check(kernel, size, places, await program.wordsAt(places)), digest: await program.digest() }
  } finally {
    program.destroy()
  }
}

/** Milliseconds of so many runs, one after the other. */
type Run = (runs: number) => Promise<number>

/** By the device's own clock where it has one, by the host's otherwise. */
const timerOf = (device: GPUDevice, program: DeviceProgram): { readonly kind: KernelResult["timer"]; readonly run: Run } => {
  const submit = (runs: number, times?: GPUComputePassTimestampWrites, after?: (encoder: GPUCommandEncoder) => void) => {
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass(times === undefined ? {} : { timestampWrites: times })
    for (let run = 0; run < runs; run++) program.enqueue(pass)
    pass.end()
    after?.(encoder)
    device.queue.submit([encoder.finish()])
  }
  const byHost: Run = async (runs) => {
    await device.queue.onSubmittedWorkDone()
    const start = performance.now()
    submit(runs)
    await device.queue.onSubmittedWorkDone()
    return performance.now() - start
  }
  if (!device.features.has("timestamp-query")) return { kind: "host", run: byHost }
  const querySet = device.createQuerySet({ type: "timestamp", count: 2 })
  // Usages: QUERY_RESOLVE and COPY_SRC; MAP_READ and COPY_DST.
  const resolved = device.createBuffer({ size: 16, usage: 512 | 4 })
  const readable = device.createBuffer({ size: 16, usage: 1 | 8 })
  return {
    kind: "timestampQuery",
    run: async (runs) => {
      submit(runs, { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 }, (encoder) => {
        encoder.resolveQuerySet(querySet, 0, 2, resolved, 0)
        encoder.copyBufferToBuffer(resolved, 0, readable, 0, 16)
      })
      await readable.mapAsync(1)
      const [begin, end] = new BigUint64Array(readable.getMappedRange())
      readable.unmap()
      return Number(end! - begin!) / 1e6
    },
  }
}

/** The small size is there to be checked, also on a processor; its times say nothing. */
const patience = (size: SizeName) =>
  size === "ci" ? { samplesMin: 5, warmUpsMin: 1, warmUpMs: 0 } : { samplesMin: 50, warmUpsMin: 10, warmUpMs: 500 }

const regimesOf = async (
  kernel: Kernel,
  size: KernelSize,
  run: Run,
  sheet: Datasheet | undefined,
  { size: sizeName, sampleMs = sizeName === "ci" ? 0 : 1, sustainedSeconds = 0 }: WgslOptions,
): Promise<ReadonlyArray<Regime>> => {
  const { samplesMin, warmUpsMin, warmUpMs } = patience(sizeName)
  let [runs, last] = [1, 0]
  const start = performance.now()
  for (let warmUp = 0; warmUp < warmUpsMin || performance.now() - start < warmUpMs; warmUp++) {
    last = await run(runs)
    // Clocks that have steps read 0 for a short run.
    if (last < sampleMs && runs < 1_000_000) runs = Math.min(2 * runs, 1_000_000)
  }
  const regime = (kind: Regime["kind"], samplesMs: ReadonlyArray<number>): Regime => {
    const medianMs = median(samplesMs)
    const demand = demandOf(kernel, size)
    const near = sheet && medianMs > 0 ? roofline(kernel, sheet, demand, medianMs / 1e3) : undefined
    return {
      kind,
      samplesMs,
      runsPerSample: runs,
      medianMs,
      p10Ms: percentile(samplesMs, 0.1),
      p90Ms: percentile(samplesMs, 0.9),
      figure: medianMs > 0 ? figureOf(kernel, demand.work, medianMs / 1e3) : 0,
      ...(near && { roofline: near }),
    }
  }
  const sampled = async (goesOn: (count: number, seconds: number) => boolean): Promise<ReadonlyArray<number>> => {
    const samples: Array<number> = []
    const start = performance.now()
    while (goesOn(samples.length, (performance.now() - start) / 1e3)) samples.push((await run(runs)) / runs)
    return samples
  }
  const burst = regime("burst", await sampled((count) => count < samplesMin))
  if (sustainedSeconds === 0) return [burst]
  return [burst, regime("sustained", await sampled((count, seconds) => count < samplesMin || seconds < sustainedSeconds))]
}
