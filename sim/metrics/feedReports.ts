import { factsOf } from "../facts.ts"
import { metric } from "../metric.ts"

export const feedReports = metric({
  label: "Answers",
  unit: "answers",
  description: "Rounds of each feed that ended with an answer in the tick",
  daily: "sum",
  of: ({ after, settlement }) => {
    const updates = factsOf(settlement.receipts, "feeds.updated")
    return new Map(
      [...after.feeds.keys()].map((id) => [id, new Set(updates.filter(({ feed }) => feed === id).map(({ roundId }) => roundId)).size]),
    )
  },
})
