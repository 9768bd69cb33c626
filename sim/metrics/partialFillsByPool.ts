import { metric } from "../metric.ts"

export const partialFillsByPool = metric({
  label: "Swaps filled in part",
  unit: "swaps",
  description: "Swaps of the tick that a price limit or the end of liquidity left in part undone; one column a v3 pool",
  daily: "sum",
  of: ({ after, settlement }) => {
    const counts = new Map([...after.pools3.pools.keys()].map((id) => [id, 0]))
    for (const { order, facts } of settlement.receipts)
      for (const fact of facts)
        if (fact.kind === "pool3.swapped" && order.action.kind === "pool3.swap" && fact.amountIn < order.action.amountIn)
          counts.set(fact.pool, counts.get(fact.pool)! + 1)
    return counts
  },
})
