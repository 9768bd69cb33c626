import { existsSync } from "node:fs"
import { Schema } from "effect"
import type { Device } from "../result.ts"
import { deviceDescriptor, deviceOf } from "./runWgsl.ts"

/** No GPU can be reached from Node; the message says what to install. */
export class GpuUnavailable extends Schema.TaggedError<GpuUnavailable>()("GpuUnavailable", {
  message: Schema.String,
}) {}

/** SwiftShader, Vulkan on a processor, as Debian's chromium-common brings it. */
const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json"

export interface NodeGpu {
  readonly device: GPUDevice
  readonly about: Device
  /** Dawn itself: its device does not outlive it, so whoever holds the device holds this. */
  readonly gpu: GPU
}

/**
 * The first GPU that Dawn finds from Node, or SwiftShader where `software` is wanted. Rejects with `GpuUnavailable`. The process does not
 * end by itself while the device lives: destroy it, or exit.
 */
export const nodeGpu = async (software: boolean): Promise<NodeGpu> => {
  if (software && !existsSync(swiftShader))
    throw new GpuUnavailable({ message: `there is no ${swiftShader}: apt-get install chromium-common libvulkan1` })
  // Read by the Vulkan loader when Dawn starts it; the older of the two names is for older loaders.
  if (software) process.env["VK_DRIVER_FILES"] = process.env["VK_ICD_FILENAMES"] = swiftShader
  const webgpu = await import("webgpu").catch((error: Error) => {
    throw new GpuUnavailable({ message: `the package webgpu does not load (${error.message.split("\n")[0]}): npm install webgpu@0.6.2` })
  })
  const gpu = webgpu.create([]) as GPU
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" })
  if (adapter === null)
    throw new GpuUnavailable({
      message:
        "Dawn finds no GPU: install the card's Vulkan driver and libvulkan1, or chromium-common for SwiftShader, a software device that only checks",
    })
  return { device: await adapter.requestDevice(deviceDescriptor(adapter)), about: deviceOf(adapter), gpu }
}
