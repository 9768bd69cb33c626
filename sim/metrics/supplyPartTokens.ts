import { circulatingTokens } from "../ledger.ts"
import { metric } from "../metric.ts"
import { unvestedTokens } from "../protocols/vesting.ts"
import { fromWei } from "../units.ts"

export const supplyPartTokens = metric({
  label: "Supply",
  unit: "tokens",
  description: "Where the tokens are, in scenarios that bind some: one column a place, which together are the supply",
  daily: "last",
  of: ({ after, world }) => {
    const { vesting, staking, locks, token } = after
    const isBinding = vesting.size > 0 || world.rules.staking !== undefined || world.rules.burn.kind === "lock"
    if (!isBinding) return new Map()
    const parts = {
      circulating: circulatingTokens(after),
      providers: fromWei(token.balanceWei.get("registry") ?? 0n),
      stakers: fromWei(staking.stakedWei + staking.unbondingWei),
      lockers: fromWei(locks.lockedWei),
      unvested: unvestedTokens(vesting, token.balanceWei),
    }
    const rest = Object.values(parts).reduce((left, tokens) => left - tokens, fromWei(token.supplyWei))
    return new Map(Object.entries({ ...parts, reserves: rest }))
  },
})
