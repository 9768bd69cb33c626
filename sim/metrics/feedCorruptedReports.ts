import { factsOf } from "../facts.ts"
import { isCorrupted } from "../feeds/rounds.ts"
import { metric } from "../metric.ts"

export const feedCorruptedReports = metric({
  label: "Corrupted answers",
  unit: "answers",
  description: "Answers of each feed outside of everything that its honest nodes saw, standing at the end of a tick in which they came",
  daily: "sum",
  of: ({ after, settlement, feeds: { rounds } }) => {
    const updates = factsOf(settlement.receipts, "feeds.updated")
    return new Map(
      [...after.feeds].map(([id, { answer, decimals }]) => [
        id,
        updates.some(({ feed }) => feed === id) && isCorrupted(answer, decimals, rounds.get(id)) ? 1 : 0,
      ]),
    )
  },
})
