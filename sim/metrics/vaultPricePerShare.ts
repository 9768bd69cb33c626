import { pow } from "../maths.ts"
import { metric } from "../metric.ts"

export const vaultPricePerShare = metric({
  label: "Price of a vault share",
  unit: "pool shares",
  description: "Pool shares for one vault share, without its additional decimals; 1 while there is none",
  daily: "last",
  of: ({ after: { vault }, world }) => {
    const { vault: rules } = world.rules
    if (rules === undefined) return undefined
    const offset = rules.guard === "virtualShares" ? rules.decimalsOffset : 0
    return vault.totalShares > 0n ? (Number(vault.assets) / Number(vault.totalShares)) * pow(10, offset) : 1
  },
})
