import { factsOf } from "../facts.ts"
import { metric } from "../metric.ts"
import { fromMicros } from "../units.ts"
import { volumeUsd } from "./volumeUsd.ts"

export const volumeByPoolUsd = metric({
  label: "Volume by pool",
  unit: "USD",
  description: "Dollars traded through each pool in the tick, where there are several; one column a pool, the main one first",
  daily: "sum",
  of: (observation) => {
    const { pools } = observation.after.pools3
    if (pools.size === 0) return new Map()
    const volumes = new Map([["main", volumeUsd.of(observation) as number], ...[...pools.keys()].map((id) => [id, 0] as const)])
    for (const { pool, sell, amountIn, amountOut } of factsOf(observation.settlement.receipts, "pool3.swapped"))
      volumes.set(pool, volumes.get(pool)! + fromMicros(sell === "dollar" ? amountIn : amountOut))
    return volumes
  },
})
