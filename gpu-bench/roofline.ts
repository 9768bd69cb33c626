import { type Datasheet, peaksOf } from "./datasheet.ts"
import type { Kernel } from "./kernel.ts"

export interface Roofline {
  readonly bound: "compute" | "memory"
  readonly fraction: number
}

/**
 * How near a run came to what the datasheet allows: the least time that its operations and bytes need, over the time that it took;
 * undefined where the kernel demands nothing that can be counted.
 */
export const roofline = (
  { unit }: Kernel,
  sheet: Datasheet,
  demand: { readonly flop: number; readonly bytes: number },
  seconds: number,
): Roofline | undefined => {
  if (unit === "none") return undefined
  const peaks = peaksOf(sheet)
  const [compute, memory] = [demand.flop / peaks[unit], demand.bytes / peaks.bytes]
  return { bound: compute > memory ? "compute" : "memory", fraction: Math.max(compute, memory) / seconds }
}
