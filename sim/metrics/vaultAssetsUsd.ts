import { usdPerShare } from "../protocols/pool.ts"
import { metric } from "../metric.ts"

export const vaultAssetsUsd = metric({
  label: "Vault",
  unit: "USD",
  description: "Value of the pool shares that belong to the holders of vault shares",
  daily: "last",
  of: ({ after: { vault, pool } }) => (vault.shares.size > 0 ? Number(vault.assets) * usdPerShare(pool) : undefined),
})
