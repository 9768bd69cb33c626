import { washSpentUsd } from "../adversaries/washLedger.ts"
import { metric } from "../metric.ts"

export const adversaryProfitUsd = metric({
  label: "Adversaries' profit",
  unit: "USD",
  description:
    "Since the start: of washers, rewards that washing brought, less fees, power and gas that it took; of predators, all their profit",
  daily: "last",
  of: ({ books, wash, predation }) => {
    if (wash.books.size + predation.size === 0) return undefined
    let usd = 0
    for (const [id, book] of wash.books) usd += book.rewardUsd - washSpentUsd(book, books.get(id)!.gasUsd)
    for (const { spentUsd, gainedUsd } of predation.values()) usd += gainedUsd - spentUsd
    return usd
  },
})
