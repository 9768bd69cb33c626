import { profitUsd } from "../books.ts"
import { metric } from "../metric.ts"

export const providerProfitUsd = metric({
  label: "Profit of all providers",
  unit: "USD",
  description: "Job income and rewards at market value less energy, hardware and slashes, in the tick",
  daily: "sum",
  of: ({ actors, books, booksBefore }) =>
    actors.reduce(
      (sum, { id, agent }) => (agent.role === "provider" ? sum + profitUsd(books.get(id)!) - profitUsd(booksBefore.get(id)!) : sum),
      0,
    ),
})
