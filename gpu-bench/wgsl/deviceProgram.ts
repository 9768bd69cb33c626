import { poison } from "../check.ts"
import { type Program, workgroupsFor } from "./program.ts"
import { type ShaderName, shaders } from "./shaders.ts"

interface Step {
  readonly pipeline: GPUComputePipeline
  readonly group: GPUBindGroup
  readonly workgroups: readonly [number, number?, number?]
  readonly times: number
}

/** A program with its buffers on a device. */
export interface DeviceProgram {
  /** Adds one run to a pass. */
  readonly enqueue: (pass: GPUComputePassEncoder) => void
  /** Runs once over a poisoned output. */
  readonly runOnPoison: () => void
  /** The two sums over the whole output, as `digestOf` writes them; waits for the device. */
  readonly digest: () => Promise<string>
  /** Words of the output at the places; waits for the device. */
  readonly wordsAt: (places: Uint32Array) => Promise<Uint32Array>
  readonly destroy: () => void
}

/** Why a program does not fit a device; undefined where it does. */
export const misfit = ({ buffers }: Program, { maxStorageBufferBindingSize, maxBufferSize }: GPUSupportedLimits): string | undefined => {
  const largest = Math.max(...Object.values(buffers).map(({ words }) => 4 * words))
  const most = Math.min(maxStorageBufferBindingSize, maxBufferSize)
  return largest > most
    ? `needs a buffer of ${Math.ceil(largest / 2 ** 20)} MiB, and the device allows ${Math.floor(most / 2 ** 20)} MiB; take a smaller size`
    : undefined
}

/** Puts a program on a device: compiles its shaders, makes its buffers and fills its inputs. Rejects with the compiler's message. */
export const deviceProgram = async (device: GPUDevice, program: Program): Promise<DeviceProgram> => {
  const made: Array<GPUBuffer> = []
  const buffer = (words: number, usage: number): GPUBuffer => {
    const one = device.createBuffer({ size: Math.max(16, 4 * words), usage })
    made.push(one)
    return one
  }
  // Numbers of GPUBufferUsage: the name is no global in Node.
  const [mapRead, copySource, copyTarget, uniform, storage] = [1, 4, 8, 64, 128]
  const pipeline = (shader: ShaderName, entry: string): Promise<GPUComputePipeline> =>
    device.createComputePipelineAsync({
      layout: "auto",
      compute: { module: device.createShaderModule({ code: shaders[shader] }), entryPoint: entry },
    })
  const step = (
    pipeline: GPUComputePipeline,
    words: ReadonlyArray<number>,
    bound: ReadonlyArray<readonly [number, GPUBuffer]>,
    workgroups: Step["workgroups"],
    times = 1,
  ): Step => {
    const entries = bound.map(([binding, one]) => ({ binding, resource: { buffer: one } }))
    const parameters = buffer(8, uniform | copyTarget)
    device.queue.writeBuffer(
      parameters,
      0,
      Uint32Array.from({ length: 8 }, (_, index) => words[index] ?? 0),
    )
    return {
      pipeline,
      group: device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [{ binding: 0, resource: { buffer: parameters } }, ...entries],
      }),
      workgroups,
      times,
    }
  }
  const dispatch = (pass: GPUComputePassEncoder, { pipeline, group, workgroups, times }: Step): void => {
    pass.setPipeline(pipeline)
    pass.setBindGroup(0, group)
    for (let time = 0; time < times; time++) pass.dispatchWorkgroups(...(workgroups as [number, number?, number?]))
  }
  const submit = (...steps: ReadonlyArray<Step>): void => {
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    for (const one of steps) dispatch(pass, one)
    pass.end()
    device.queue.submit([encoder.finish()])
  }
  const read = async (source: GPUBuffer, words: number): Promise<Uint32Array> => {
    const target = device.createBuffer({ size: 4 * words, usage: mapRead | copyTarget })
    const encoder = device.createCommandEncoder()
    encoder.copyBufferToBuffer(source, 0, target, 0, 4 * words)
    device.queue.submit([encoder.finish()])
    await target.mapAsync(1)
    const copy = new Uint32Array(target.getMappedRange()).slice()
    target.destroy()
    return copy
  }

  const buffers = Object.fromEntries(
    Object.entries(program.buffers).map(([name, { words }]) => [name, buffer(words, storage | copySource | copyTarget)]),
  )
  const out = buffers["out"]!
  const length = program.buffers["out"]!.words
  const fillPipeline = await pipeline("fill", "main")
  const fill = (target: GPUBuffer, words: number, key: number, kind: number) =>
    step(fillPipeline, [key, words, kind], [[1, target]], workgroupsFor(words, 256))
  for (const [name, { words, fill: how }] of Object.entries(program.buffers))
    if (how !== undefined) submit(fill(buffers[name]!, words, how.key, how.kind))
  const poisoning = fill(out, length, poison, 4)
  const steps: Array<Step> = []
  const known = new Map<string, GPUComputePipeline>()
  for (const { shader, entry = "main", words, bind, workgroups, times } of program.passes) {
    const compiled = known.get(`${shader}/${entry}`) ?? (await pipeline(shader, entry))
    known.set(`${shader}/${entry}`, compiled)
    steps.push(
      step(
        compiled,
        words,
        Object.entries(bind).map(([binding, name]) => [Number(binding), buffers[name]!]),
        workgroups,
        times,
      ),
    )
  }
  const sums = buffer(4, storage | copySource | copyTarget)
  const digesting = step(
    await pipeline("digest", "main"),
    [length],
    [
      [1, out],
      [2, sums],
    ],
    [Math.min(4096, Math.ceil(length / 256))],
  )
  const gathering = await pipeline("gather", "main")

  return {
    enqueue: (pass) => {
      for (const one of steps) dispatch(pass, one)
    },
    runOnPoison: () => submit(poisoning, ...steps),
    digest: async () => {
      device.queue.writeBuffer(sums, 0, new Uint32Array(4))
      submit(digesting)
      const [low, high] = await read(sums, 2)
      return [high!, low!].map((half) => half.toString(16).padStart(8, "0")).join("")
    },
    wordsAt: async (places) => {
      const [where, found] = [buffer(places.length, storage | copyTarget), buffer(places.length, storage | copySource)]
      device.queue.writeBuffer(where, 0, places.slice())
      submit(
        step(
          gathering,
          [places.length],
          [
            [1, out],
            [2, where],
            [3, found],
          ],
          workgroupsFor(places.length, 256),
        ),
      )
      return read(found, places.length)
    },
    destroy: () => {
      for (const one of made) one.destroy()
    },
  }
}
