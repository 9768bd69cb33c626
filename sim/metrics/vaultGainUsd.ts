import { usdPerShare } from "../protocols/pool.ts"
import { metric } from "../metric.ts"

export const vaultGainUsd = metric({
  label: "Gain from the vault",
  unit: "USD",
  description:
    "Pool shares that agents got or would get out of the vault, less what they put in since the start; one column a kind of agent",
  daily: "last",
  of: ({ after: { vault, pool }, actors, books }) => {
    const gains = new Map<string, number>()
    for (const { id, kind } of actors) {
      if (!vault.shares.has(id)) continue
      const poolShares = books.get(id)!.vaultPoolShares + Number(vault.worth.get(id) ?? 0n)
      gains.set(kind, (gains.get(kind) ?? 0) + poolShares * usdPerShare(pool))
    }
    return gains
  },
})
