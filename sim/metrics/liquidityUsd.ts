import { farmAccount } from "../protocols/farm.ts"
import { usdPerShare } from "../protocols/pool.ts"
import { strategyAccount, vaultAccount } from "../protocols/vault.ts"
import { metric } from "../metric.ts"

export const liquidityUsd = metric({
  label: "Liquidity",
  unit: "USD",
  description:
    "The pool's value by who has its shares: treasury, agents in their own hands, stakes of farmers, the vault; where there is a farm or a vault",
  daily: "last",
  of: ({ after: { pool, farms, vault } }) => {
    if (farms.size === 0 && vault.shares.size === 0) return undefined
    const usd = (shares: bigint) => Number(shares) * usdPerShare(pool)
    const strategies = [...farms.keys()].map(strategyAccount)
    const vaultShares = [...vault.strategies.values()].reduce((sum, { held }) => sum + held, vault.idle)
    const contracts = new Set(["treasury", vaultAccount, ...strategies, ...[...farms.keys()].map(farmAccount)])
    let [inHand, farmed] = [0n, 0n]
    for (const [id, shares] of pool.shares) if (!contracts.has(id)) inHand += shares
    for (const { shares } of farms.values()) for (const [id, staked] of shares) if (!strategies.includes(id)) farmed += staked
    return new Map([
      ["treasury", usd(pool.shares.get("treasury") ?? 0n)],
      ["inHand", usd(inHand)],
      ["farmed", usd(farmed)],
      ["vault", usd(vaultShares)],
    ])
  },
})
