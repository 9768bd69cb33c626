import { washSpentUsd } from "../adversaries/washLedger.ts"
import { metric } from "../metric.ts"

export const adversaryProfitUsd = metric({
  label: "Adversaries' profit",
  unit: "USD",
  description: "Since the start: rewards that washing brought, less fees, power and gas that it took",
  daily: "last",
  of: ({ books, wash }) =>
    wash.books.size === 0
      ? undefined
      : [...wash.books].reduce((sum, [id, book]) => sum + book.rewardUsd - washSpentUsd(book, books.get(id)!.gasUsd), 0),
})
