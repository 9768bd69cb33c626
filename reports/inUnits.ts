import { gpuClasses } from "./gpuClass.ts"
import type { Report } from "./report.ts"

/** The words of a report about GPUs, said of what its providers really have: "GPUs" becomes "hotspots", or "devices" where they have several things. */
export const inUnits = (report: Report): (<T>(value: T) => T) => {
  const { profiles } = report.data.provenance
  const units = new Set(gpuClasses(report).map(({ id }) => profiles.find((profile) => profile.id === id)?.unit))
  const unit = units.size === 1 ? [...units][0] : units.size > 1 ? "device" : undefined
  if (unit === undefined) return (value) => value
  const say = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(/\bGPU(s?)\b/g, (_, plural: string) => unit + plural)
    if (Array.isArray(value)) return value.map(say)
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, say(part)]))
  }
  return <T>(value: T) => say(value) as T
}
