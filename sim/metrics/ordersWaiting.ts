import { metric } from "../metric.ts"

export const ordersWaiting = metric({
  label: "Orders waiting",
  unit: "orders",
  description: "Orders of agents that the chain has not taken yet at the end of the tick; only where a fault lets orders wait",
  daily: "mean",
  of: ({ faults, ordersWaiting: waiting }) => (faults.some(({ kind }) => kind === "reorg" || kind === "congestion") ? waiting : undefined),
})
