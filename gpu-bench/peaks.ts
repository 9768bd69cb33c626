import { Schema } from "effect"
import data from "./peaks.json" with { type: "json" }
import type { Kernel } from "./kernel.ts"

const Positive = Schema.Finite.check(Schema.isGreaterThan(0))

/** What a device can do at most by its datasheet, with source: dense rates in 10^12 operations per second, memory in 10^9 bytes. */
export const Peaks = Schema.Struct({
  /** The device's name contains this; the first that fits counts. */
  match: Schema.String,
  f32: Positive,
  bf16: Positive,
  int8: Positive,
  int32: Positive,
  gbPerSecond: Positive,
  l2Mib: Positive,
  source: Schema.String,
})
export type Peaks = typeof Peaks.Type

export const peaks: ReadonlyArray<Peaks> = Schema.decodeUnknownSync(Schema.Struct({ devices: Schema.Array(Peaks) }))(data).devices

/** The datasheet of a device by the name that its driver gives; undefined where none is known. */
export const peaksOf = (deviceName: string): Peaks | undefined => peaks.find(({ match }) => deviceName.includes(match))

/**
 * How near a run came to what the datasheet allows: the least time that its operations and bytes need, over the time that it took;
 * undefined where the kernel demands nothing that can be counted.
 */
export const roofline = (
  { unit }: Kernel,
  peaks: Peaks,
  demand: { readonly flop: number; readonly bytes: number },
  seconds: number,
): { readonly bound: "compute" | "memory"; readonly fraction: number } | undefined => {
  const compute = unit === "none" ? 0 : demand.flop / (peaks[unit] * 1e12)
  const memory = demand.bytes / (peaks.gbPerSecond * 1e9)
  if (unit === "none") return undefined
  return { bound: compute > memory ? "compute" : "memory", fraction: Math.max(compute, memory) / seconds }
}
