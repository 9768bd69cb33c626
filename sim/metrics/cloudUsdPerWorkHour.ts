import { metric } from "../metric.ts"

export const cloudUsdPerWorkHour = metric({
  label: "Price in the cloud",
  unit: "USD/work hour",
  description: "Mean of the cheapest cloud price over the kinds of jobs that arrived in the tick",
  daily: "last",
  of: ({ outcome, previous }) => {
    const requests = [...outcome.started.map(({ request }) => request), ...outcome.cloud, ...outcome.lost]
    const hours = requests.reduce((sum, request) => sum + request.workHoursPerGpu * request.gpuCount, 0)
    if (hours === 0) return previous?.["cloudUsdPerWorkHour"] ?? 0
    return requests.reduce((sum, request) => sum + request.cloudUsdPerWorkHour * request.workHoursPerGpu * request.gpuCount, 0) / hours
  },
})
