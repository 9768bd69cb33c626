import { byPool } from "../liquidity/byPool.ts"
import { metric } from "../metric.ts"

export const lvrShare = metric({
  label: "Loss versus rebalancing, share of the pool",
  unit: "share",
  description:
    "What each tick's loss versus rebalancing is of the value of the pool's positions, summed since the start; a loss is positive here. One column a pool",
  daily: "last",
  of: ({ liquidity, previous }) => {
    const gainUsd = byPool(liquidity, ({ tick }) => tick.lossVersusRebalancing)
    const valueUsd = byPool(liquidity, ({ value }) => value)
    return new Map(
      [...gainUsd].map(([pool, usd]) => {
        const lost = valueUsd.get(pool)! > 0 ? -usd / valueUsd.get(pool)! : 0
        return [pool, (previous?.[`lvrShare.${pool}`] ?? 0) + lost]
      }),
    )
  },
})
