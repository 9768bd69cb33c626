import { metric } from "../metric.ts"
import { charactersIn } from "../jobs/characters.ts"

export const lateRequestShare = metric({
  label: "Late answers in inference",
  unit: "share",
  description: "Requests that come back after their limit, of those of all streams that run at the end of the tick",
  daily: "mean",
  of: ({ actors, jobs: { running } }) => {
    if (!charactersIn(actors).includes("inference")) return undefined
    let [gpus, late] = [0, 0]
    for (const { request, gpuCount, lateShare } of running) {
      if (request.kind !== "inference") continue
      gpus += gpuCount
      late += gpuCount * lateShare
    }
    return gpus === 0 ? NaN : late / gpus
  },
})
