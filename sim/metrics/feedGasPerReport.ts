import { metric } from "../metric.ts"

export const feedGasPerReport = metric({
  label: "Gas of an answer",
  unit: "gas",
  description:
    "Gas of all transactions that brought each feed an answer in the tick; no value without one, and no column where gas is free",
  daily: "mean",
  of: ({ after, settlement, tolls }) => {
    if (tolls === undefined) return undefined
    const gas = new Map([...after.feeds.keys()].map((id) => [id, NaN]))
    for (const { order, facts, meter } of settlement.receipts) {
      const fact = facts.find(({ kind }) => kind === "feeds.updated" || kind === "feeds.submitted")
      if (fact === undefined || meter === undefined || !("feed" in order.action)) continue
      const before = gas.get(order.action.feed)!
      gas.set(order.action.feed, (Number.isNaN(before) ? 0 : before) + Number(meter.gasUsed))
    }
    return gas
  },
})
