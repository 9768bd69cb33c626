import { type Datasheet, peaksOf } from "../datasheet.ts"
import type { Binding, Card } from "./applicationModel.ts"

/** Of a card's peaks, what its kernels were measured to reach; a resource that was not measured counts as its datasheet says. */
export interface Reached {
  readonly bf16OpsPerSecond?: number
  readonly fp32OpsPerSecond?: number
  readonly int32OpsPerSecond?: number
  readonly bytesPerSecond?: number
  readonly secondsPerLaunch?: number
  /** What the card alone drew, by NVML, while the kernel ran that asks for this and nothing else. */
  readonly watts?: { readonly [Held in Binding]?: number }
}

export const cardOf = (sheet: Datasheet, reached: Reached = {}): Card => {
  const peaks = peaksOf(sheet)
  return {
    operationsPerSecond: {
      bf16: reached.bf16OpsPerSecond ?? peaks.bf16,
      fp32: reached.fp32OpsPerSecond ?? peaks.f32,
      int32: reached.int32OpsPerSecond ?? peaks.int32,
    },
    bytesPerSecond: reached.bytesPerSecond ?? peaks.bytes,
    // An empty kernel of an application waits for its launch and for the one before; both go with the clock.
    secondsPerLaunch: (cycles) => reached.secondsPerLaunch ?? cycles / (sheet.boostGhz * 1e9),
  }
}
