import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { availableParallelism } from "node:os"
import { delimiter, join } from "node:path"
import { promisify } from "node:util"
import { Schema } from "effect"

/** A kernel's program was not built; the message says why and what to do. */
export class CudaBuildFailed extends Schema.TaggedError<CudaBuildFailed>()("CudaBuildFailed", {
  message: Schema.String,
}) {}

/** Machine code of Ampere, Ada, Hopper with its own instructions, and Blackwell, and PTX for what comes later. */
const everyTarget = [
  "-gencode=arch=compute_80,code=sm_80",
  "-gencode=arch=compute_89,code=sm_89",
  "-gencode=arch=compute_90a,code=sm_90a",
  "-gencode=arch=compute_100,code=sm_100",
  "-gencode=arch=compute_80,code=compute_80",
]

/** For which devices to compile: all that are known, the one in this machine, or the processor (`host.cuh`), which only checks. */
export type Target = "every" | "native" | "host"

/** Where nvcc is: on the path, or where CUDA's installer puts it; undefined where there is none. */
export const findNvcc = (): string | undefined => findProgram("nvcc", ["/usr/local/cuda/bin"])

export const findGxx = (): string | undefined => findProgram("g++", [])

const findProgram = (name: string, more: ReadonlyArray<string>): string | undefined =>
  [...(process.env["PATH"] ?? "").split(delimiter), ...more].map((folder) => join(folder, name)).find((path) => existsSync(path))

/** Compiles the programs of kernels into a folder, as many at a time as there are cores. Rejects with `CudaBuildFailed`. */
export const buildCuda = async (sources: string, kernels: ReadonlyArray<string>, target: Target, out: string): Promise<void> => {
  const [compiler, flags] =
    target === "host"
      ? [findGxx(), ["-O1", "-std=c++17", "-DDEPINLAB_HOST", "-x", "c++"]]
      : [findNvcc(), ["-O3", "-std=c++17", "-lineinfo", ...(target === "native" ? ["-arch=native"] : everyTarget)]]
  if (compiler === undefined)
    throw new CudaBuildFailed({
      message:
        target === "host" ? "there is no g++: apt-get install g++" : "there is no nvcc: install the CUDA toolkit 12.8 or later, with g++",
    })
  const waiting = [...kernels]
  const one = async (): Promise<void> => {
    for (let kernel = waiting.shift(); kernel !== undefined; kernel = waiting.shift()) {
      const name = kernel
      await promisify(execFile)(compiler, [
        ...flags,
        join(sources, `${name}.cu`),
        "-o",
        join(out, name),
        ...(target === "host" ? [] : ["-ldl"]),
      ]).catch(({ stderr, message }: { readonly stderr?: string; readonly message: string }) => {
        throw new CudaBuildFailed({ message: `${name}.cu does not compile: ${(stderr ?? message).trim()}` })
      })
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, one))
}
