import { metric } from "../metric.ts"

export const gpusAside = metric({
  label: "GPUs kept from the network",
  unit: "GPUs",
  description: "Machines of active providers that mine, or that their owners use, where providers have that choice",
  daily: "mean",
  of: ({ actors, sites, after }) => {
    if (!actors.some(({ params }) => params["mining"] !== undefined || params["ownUse"] !== undefined)) return undefined
    const gpus = new Map([
      ["mining", 0],
      ["ownUse", 0],
    ])
    for (const [provider, { plan }] of sites)
      if (plan.aside !== undefined && after.registry.providers.get(provider)?.status === "active")
        gpus.set(plan.aside.use, gpus.get(plan.aside.use)! + plan.aside.gpus)
    return gpus
  },
})
