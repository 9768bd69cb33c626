import type { Site } from "../jobs/site.ts"
import { calm, type Ports } from "./ports.ts"

/** What a site's GPU hours in the open epoch were not: at full speed, or in the oracles' sight. */
export interface Shade {
  /** Hours that throttled GPUs would have needed fewer of. */
  readonly idleGpuHours: number
  /** Of the rest, those that no oracle could see. */
  readonly hiddenGpuHours: number
}

export type Shadow = ReadonlyMap<string, Shade>

export const noShadow: Shadow = new Map()

/** Adds one tick. */
export const addShadow = (
  before: Shadow,
  sitesBefore: ReadonlyMap<string, Site>,
  sites: ReadonlyMap<string, Site>,
  { speed, hidesFromOracles }: Pick<Ports, "speed" | "hidesFromOracles">,
): Shadow => {
  if (speed === calm.speed && hidesFromOracles === calm.hidesFromOracles) return before
  const next = new Map(before)
  for (const [provider, { onGpuHours }] of sites) {
    const share = speed(provider)
    const isHidden = hidesFromOracles(provider)
    if (share === 1 && !isHidden) continue
    const { idleGpuHours, hiddenGpuHours } = next.get(provider) ?? { idleGpuHours: 0, hiddenGpuHours: 0 }
    const gpuHours = onGpuHours - (sitesBefore.get(provider)?.onGpuHours ?? 0)
    next.set(provider, {
      idleGpuHours: idleGpuHours + gpuHours * (1 - share),
      hiddenGpuHours: hiddenGpuHours + (isHidden ? gpuHours * share : 0),
    })
  }
  return next
}
