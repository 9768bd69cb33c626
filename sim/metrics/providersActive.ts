import { compareIds } from "../sequence.ts"
import { metric } from "../metric.ts"

export const providersActive = metric({
  label: "Providers",
  unit: "providers",
  description: "Registered providers with an active stake; one column a GPU class",
  daily: "last",
  of: ({ after, actors }) => {
    const classes = new Map<string, number>()
    let all = 0
    for (const { id, agent, params } of actors) {
      if (agent.role !== "provider") continue
      const gpu = String(params["gpu"])
      const active = after.registry.providers.get(id)?.status === "active" ? 1 : 0
      classes.set(gpu, (classes.get(gpu) ?? 0) + active)
      all += active
    }
    return new Map([["all", all], ...[...classes].sort(([a], [b]) => compareIds(a, b))])
  },
})
