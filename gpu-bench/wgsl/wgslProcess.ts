import { writeFileSync } from "node:fs"
import type { SizeName } from "../kernel.ts"
import { nodeGpu } from "./nodeGpu.ts"
import { runWgsl } from "./runWgsl.ts"

/**
 * A process of its own for Dawn, which may crash with a driver and does not let Node end: `<size> <sustained seconds> <software?> <file>`.
 * Its outcome is written to the file as JSON; progress goes to stderr.
 */
const [size, sustained, software, file] = process.argv.slice(2)

try {
  const { device, about, gpu } = await nodeGpu(software === "software")
  const lost = device.lost.then(({ message }) => Promise.reject(new Error(`the device was lost: ${message}`)))
  const run = runWgsl(device, about.name, {
    size: size as SizeName,
    sustainedSeconds: Number(sustained),
    onKernel: ({ id }) => process.stderr.write(`wgsl: ${id}\n`),
  })
  const outcome = await Promise.race([run, lost])
  writeFileSync(file!, JSON.stringify({ about, ...outcome }))
  process.exit(gpu === undefined ? 1 : 0)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit((error as { _tag?: string })._tag === "GpuUnavailable" ? 77 : 1)
}
