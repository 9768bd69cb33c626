import type { Device } from "../result.ts"
import { deviceDescriptor, deviceOf, runWgsl, type WgslOptions, type WgslOutcome } from "./runWgsl.ts"

/** This browser offers no WebGPU, or no adapter; the message says what helps. */
export class BrowserGpuUnavailable extends Error {}

/**
 * Checks and measures the kernels on the visitor's card. Nothing leaves the page. Rejects with `BrowserGpuUnavailable` where there is no
 * WebGPU, and otherwise when the device is lost.
 */
export const browserRun = async (options: WgslOptions): Promise<WgslOutcome & { readonly device: Device }> => {
  if (!("gpu" in navigator)) throw new BrowserGpuUnavailable("this browser has no WebGPU, or the page is neither local nor served by https")
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" })
  if (adapter === null) throw new BrowserGpuUnavailable("the browser offers no graphics adapter; look at chrome://gpu")
  const about = deviceOf(adapter)
  const device = await adapter.requestDevice(deviceDescriptor(adapter))
  try {
    const lost = new Promise<never>((_, reject) => {
      void device.lost.then(({ reason, message }) => reason !== "destroyed" && reject(new Error(`the device was lost: ${message}`)))
    })
    // Clocks of browsers have steps of a tenth of a millisecond.
    return {
      device: about,
      ...(await Promise.race([runWgsl(device, about.name, { sampleMs: options.size === "ci" ? 0 : 100, ...options }), lost])),
    }
  } finally {
    device.destroy()
  }
}
