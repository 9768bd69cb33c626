import { metric } from "../metric.ts"

export const slashedTokens = metric({
  label: "Slashed",
  unit: "tokens",
  description: "Stake burned since the start",
  daily: "last",
  of: ({ books }) => [...books.values()].reduce((sum, book) => sum + book.slashedTokens, 0),
})
