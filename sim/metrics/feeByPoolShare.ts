import { metric } from "../metric.ts"

export const feeByPoolShare = metric({
  label: "Fee by pool",
  unit: "share",
  description: "What swaps of the tick paid of what they sold; one column a pool of ranges, where a hook moves the fee of one",
  daily: "mean",
  of: ({ world, before }) =>
    world.rules.pools3.some(({ hook }) => hook !== undefined)
      ? new Map([...before.pools3.pools].map(([id, { feePips }]) => [id, feePips / 1e6]))
      : undefined,
})
