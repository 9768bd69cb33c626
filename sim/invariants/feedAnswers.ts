import { factsOf } from "../facts.ts"
import { firstBroken, type Invariant } from "../invariant.ts"

/** A feed's answer is the last one that a fact tells of, and its rounds are counted by them. */
export const feedAnswers: Invariant = {
  name: "feed answers",
  check: (before, after, receipts) => {
    if (after.feeds.size === 0) return undefined
    const updates = factsOf(receipts, "feeds.updated")
    return firstBroken(
      ...[...after.feeds].flatMap(([id, { answer, roundId }]) => {
        const last = updates.findLast(({ feed }) => feed === id) ?? before.feeds.get(id) ?? { answer: 0n, roundId: 0 }
        return [
          { what: `answer of feed ${id}, units`, found: answer, expected: last.answer },
          { what: `round of feed ${id}`, found: BigInt(roundId), expected: BigInt(last.roundId) },
        ]
      }),
    )
  },
}
