import { metric } from "../metric.ts"

export const gpusOn = metric({
  label: "GPUs on",
  unit: "GPUs",
  description: "GPUs that are really on at working sites",
  daily: "last",
  of: ({ sites, world }) => {
    const hours = world.now.tick * world.now.hours
    return [...sites.values()].reduce((sum, site) => sum + (site.downUntilHours <= hours ? site.plan.gpusOn : 0), 0)
  },
})
