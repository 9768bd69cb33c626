import type { Datasheet } from "../datasheet.ts"
import type { Card } from "./applicationModel.ts"

/** Of a card's peaks, what its kernels were measured to reach; a resource that was not measured counts as its datasheet says. */
export interface Reached {
  readonly bf16OpsPerSecond?: number
  readonly fp32OpsPerSecond?: number
  readonly int32OpsPerSecond?: number
  readonly bytesPerSecond?: number
  readonly secondsPerLaunch?: number
}

export const cardOf = (sheet: Datasheet, reached: Reached = {}): Card => ({
  operationsPerSecond: {
    bf16: reached.bf16OpsPerSecond ?? sheet.bf16Tflops * 1e12,
    fp32: reached.fp32OpsPerSecond ?? sheet.fp32Tflops * 1e12,
    int32: reached.int32OpsPerSecond ?? sheet.sms * sheet.int32LanesPerSm * sheet.boostGhz * 1e9,
  },
  bytesPerSecond: reached.bytesPerSecond ?? sheet.memoryGbPerSecond * 1e9,
  // An empty kernel of an application waits for its launch and for the one before; both go with the clock.
  secondsPerLaunch: (cycles) => reached.secondsPerLaunch ?? cycles / (sheet.boostGhz * 1e9),
})
