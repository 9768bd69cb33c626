import { isCheating } from "../actor.ts"
import { metric } from "../metric.ts"

export const slashedHonestTokens = metric({
  label: "Slashed from honest providers",
  unit: "tokens",
  description: "Stake burned since the start of providers who did all the work that they claimed",
  daily: "last",
  of: ({ actors, books }) =>
    actors.reduce(
      (sum, actor) => (actor.agent.role === "provider" && !isCheating(actor) ? sum + books.get(actor.id)!.slashedTokens : sum),
      0,
    ),
})
