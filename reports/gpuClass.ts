import type { Report } from "./report.ts"

export interface GpuClass {
  readonly id: string
  /** As its profile names it, e.g. "RTX 4090" for "rtx-4090". */
  readonly label: string
}

/** Every class of GPU in the report; its place here is its colour in every chart. */
export const gpuClasses = (report: Report): ReadonlyArray<GpuClass> => {
  const recorded = report.family("providersActive").map(({ member }) => member)
  const owned = report.data.agents.flatMap(({ gpu }) => (gpu === undefined ? [] : [gpu]))
  return [...new Set([...recorded, ...owned])].map((id) => ({
    id,
    label: report.data.provenance.profiles.find((profile) => profile.id === id)?.label ?? id,
  }))
}
