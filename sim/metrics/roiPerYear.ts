import { metric } from "../metric.ts"
import { providerReturn } from "../providerReturn.ts"

export const roiPerYear = metric({
  label: "Return on hardware",
  unit: "share",
  description:
    "Profit after depreciation and before interest, of the price of the hardware and year, since the start, by group of providers; none before a group has been active",
  daily: "last",
  of: ({ actors, booksBefore, world }) => {
    const sums = new Map<string, { profitUsd: number; capexYears: number }>()
    for (const actor of actors) {
      const own = providerReturn(actor, booksBefore.get(actor.id)!, world.bills.get(actor.id), world.gpus)
      if (own === undefined) continue
      const sum = sums.get(actor.group) ?? { profitUsd: 0, capexYears: 0 }
      sum.profitUsd += own.operatingUsd - own.depreciationUsd
      sum.capexYears += own.capexUsd * own.years
      sums.set(actor.group, sum)
    }
    if (sums.size === 0) return undefined
    return new Map([...sums].map(([group, { profitUsd, capexYears }]) => [group, capexYears > 0 ? profitUsd / capexYears : NaN]))
  },
})
