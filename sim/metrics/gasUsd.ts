import { metric } from "../metric.ts"
import { compareIds } from "../sequence.ts"

export const gasUsd = metric({
  label: "Fees of the chain",
  unit: "USD",
  description: "What the agents' transactions cost in the tick on the scenario's chain; one column a role",
  daily: "sum",
  of: ({ tolls, actors, books, booksBefore }) => {
    if (tolls === undefined) return undefined
    const roles = new Map<string, number>()
    let all = 0
    for (const { id, agent } of actors) {
      const usd = books.get(id)!.gasUsd - booksBefore.get(id)!.gasUsd
      roles.set(agent.role, (roles.get(agent.role) ?? 0) + usd)
      all += usd
    }
    return new Map([["all", all], ...[...roles].sort(([a], [b]) => compareIds(a, b))])
  },
})
