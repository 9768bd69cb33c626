import { metric } from "../metric.ts"
import { fromMicros } from "../units.ts"

export const feedCostUsd = metric({
  label: "Cost of the committee",
  unit: "USD",
  description: "What the nodes of each feed paid for data and were charged for gas in the tick",
  daily: "sum",
  of: ({ actors, after, settlement, tolls }) => {
    const costs = new Map([...after.feeds.keys()].map((id) => [id, 0]))
    const feedOf = new Map(actors.filter(({ agent }) => agent.role === "feed").map(({ id, params }) => [id, String(params["feed"])]))
    const add = (agent: string, micros: bigint) => {
      const feed = feedOf.get(agent)
      if (feed !== undefined) costs.set(feed, costs.get(feed)! + fromMicros(micros))
    }
    for (const { facts } of settlement.receipts)
      for (const fact of facts) if (fact.kind === "dollar.redeemed" && fact.purpose === "data") add(fact.agent, fact.amountMicros)
    for (const [agent, micros] of tolls?.chargedMicros ?? []) add(agent, micros)
    return costs
  },
})
