import { isCheating } from "../actor.ts"
import { metric } from "../metric.ts"
import { hasProofs } from "../proofs/hasProofs.ts"

export const costOfSecurityUsd = metric({
  label: "Cost of security",
  unit: "USD",
  description:
    "Since the start: what oracle nodes, checkers and judges paid for looking and for their transactions, and the stake that honest providers lost",
  daily: "last",
  of: ({ actors, books, world }) => {
    if (!hasProofs(world.rules, actors)) return undefined
    return actors.reduce((sum, actor) => {
      const book = books.get(actor.id)!
      if (actor.agent.role === "oracle" || actor.kind === "judge") return sum + book.checksUsd + book.gasUsd
      if (actor.agent.role !== "provider") return sum
      return sum + (isCheating(actor) ? book.slashedInnocentUsd : book.slashedUsd)
    }, 0)
  },
})
