import { metric } from "../metric.ts"

export const cloudUsdPerWorkHour = metric({
  label: "Price in the cloud",
  unit: "USD/work hour",
  description: "Mean of the cheapest cloud price over the kinds of jobs that arrived in the tick, of those that a cloud does",
  daily: "last",
  of: ({ outcome, previous }) => {
    const begun = outcome.started.map(({ request, workHoursPerGpu, gpuCount }) => ({ ...request, workHoursPerGpu, gpuCount }))
    const wishes = [...begun, ...outcome.cloud, ...outcome.lost].filter(({ cloudUsdPerWorkHour: usd }) => Number.isFinite(usd))
    const hours = wishes.reduce((sum, wish) => sum + wish.workHoursPerGpu * wish.gpuCount, 0)
    if (hours === 0) return previous?.["cloudUsdPerWorkHour"] ?? 0
    return wishes.reduce((sum, wish) => sum + wish.cloudUsdPerWorkHour * wish.workHoursPerGpu * wish.gpuCount, 0) / hours
  },
})
