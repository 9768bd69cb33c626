import { metric } from "../metric.ts"

export const utilisation = metric({
  label: "Utilisation",
  unit: "share",
  description: "Busy share of the GPU hours that were on",
  daily: "mean",
  of: ({ sites, sitesBefore }) => {
    let onHours = 0
    let busyHours = 0
    for (const [provider, site] of sites) {
      const earlier = sitesBefore.get(provider)
      onHours += site.onGpuHours - (earlier?.onGpuHours ?? 0)
      busyHours += site.busyGpuHours - (earlier?.busyGpuHours ?? 0)
    }
    return onHours > 0 ? busyHours / onHours : 0
  },
})
