import { type EnergyPreset, latencyMs } from "../preset.ts"
import type { RoundTrip } from "./matching/offerBook.ts"

/**
 * Round trips between the regions of a preset; what is in no region is at no distance, and a way that nobody measured is too long. A place
 * that the preset does not know is near to itself alone.
 */
export const roundTripIn = (preset: EnergyPreset): RoundTrip => {
  const regions = new Set(preset.regions.map(({ id }) => id))
  const known = new Map<string, number>()
  return (from, to) => {
    if (from === undefined || to === undefined) return 0
    const way = `${from}/${to}`
    let ms = known.get(way)
    if (ms === undefined) known.set(way, (ms = latencyMs(preset, from, to) ?? (from === to && !regions.has(from) ? 0 : Infinity)))
    return ms
  }
}
