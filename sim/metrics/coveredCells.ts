import { placesOf } from "../devices/index.ts"
import { metric } from "../metric.ts"

export const coveredCells = metric({
  label: "Cells covered",
  unit: "cells",
  description: "Cells in which a hotspot really is on, of those of the map",
  daily: "last",
  of: ({ sites, world: { gpus, now, rules } }) => {
    if (rules.devices?.hotspot === undefined) return undefined
    const hours = now.tick * now.hours
    const covered = new Set<string>()
    for (const { plan, downUntilHours } of sites.values()) {
      const profile = gpus.get(plan.gpu)!
      if (profile.device !== "hotspot" || plan.gpusOn === 0 || downUntilHours > hours || plan.region === undefined) continue
      if (placesOf(profile, rules.devices).length > 0) covered.add(plan.region)
    }
    return covered.size
  },
})
