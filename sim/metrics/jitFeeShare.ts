import type { Account } from "../liquidity/lpLedger.ts"
import { metric } from "../metric.ts"

export const jitFeeShare = metric({
  label: "Fees taken by just-in-time liquidity",
  unit: "share",
  description:
    "Fees of ranges that were opened and emptied within one tick over the fees of all ranges, since the start, each at the price of its tick; " +
    "one column a v3 pool, without a value before its first fee",
  daily: "last",
  of: ({ after, liquidity }) => {
    const pools = [...after.pools3.pools.keys()]
    const accounts = [...liquidity.values()].filter(({ pool }) => pools.includes(pool))
    return new Map(
      pools.length === 0
        ? []
        : [["all", shareOf(accounts)], ...pools.map((id) => [id, shareOf(accounts.filter(({ pool }) => pool === id))] as const)],
    )
  },
})

const shareOf = (accounts: ReadonlyArray<Account>): number => {
  const all = feesOf(accounts)
  return all === 0n ? NaN : Number(feesOf(accounts.filter(({ isJustInTime }) => isJustInTime))) / Number(all)
}

const feesOf = (accounts: ReadonlyArray<Account>): bigint => accounts.reduce((sum, { feesEarned }) => sum + feesEarned, 0n)
