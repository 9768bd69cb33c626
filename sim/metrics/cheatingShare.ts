import { metric } from "../metric.ts"
import { hasProofs } from "../proofs/hasProofs.ts"

export const cheatingShare = metric({
  label: "Providers that cheat",
  unit: "share",
  description: "Share of the active providers that claim in this epoch what they do not do, or say of their machines what is not so",
  daily: "mean",
  of: ({ actors, deeds, world }) => {
    if (!hasProofs(world.rules, actors)) return undefined
    const known = [...deeds.open.values()]
    return known.length === 0 ? NaN : known.filter(({ isCheating }) => isCheating).length / known.length
  },
})
