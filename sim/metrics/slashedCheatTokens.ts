import { isCheating } from "../actor.ts"
import { metric } from "../metric.ts"

export const slashedCheatTokens = metric({
  label: "Slashed from cheating providers",
  unit: "tokens",
  description: "Stake burned since the start of providers who claimed work that they did not do",
  daily: "last",
  of: ({ actors, books }) =>
    actors.reduce(
      (sum, actor) => (actor.agent.role === "provider" && isCheating(actor) ? sum + books.get(actor.id)!.slashedTokens : sum),
      0,
    ),
})
