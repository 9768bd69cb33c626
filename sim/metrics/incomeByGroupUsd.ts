import { metric } from "../metric.ts"

export const incomeByGroupUsd = metric({
  label: "Income of a GPU day",
  unit: "USD per GPU day",
  description: "Jobs and rewards since the start for each day of a GPU in the network, by group of providers, where some use several names",
  daily: "last",
  of: ({ actors, books }) => {
    if (actors.every(({ params }) => params["identities"] === undefined)) return undefined
    const sums = new Map<string, { usd: number; gpuDays: number }>()
    for (const { id, group, agent } of actors) {
      if (agent.role !== "provider") continue
      const { jobRevenueUsd, rewardUsd, gpuDays } = books.get(id)!
      const sum = sums.get(group) ?? { usd: 0, gpuDays: 0 }
      sums.set(group, { usd: sum.usd + jobRevenueUsd + rewardUsd, gpuDays: sum.gpuDays + gpuDays })
    }
    return new Map([...sums].map(([group, { usd, gpuDays }]) => [group, gpuDays > 0 ? usd / gpuDays : 0]))
  },
})
