import { isCheating } from "../actor.ts"
import { metric } from "../metric.ts"

export const slashedCheatTokens = metric({
  label: "Slashed from cheating providers",
  unit: "tokens",
  description: "Stake lost since the start by providers who claimed work that they did not do",
  daily: "last",
  of: ({ actors, books }) =>
    actors.reduce((sum, actor) => {
      const { slashedTokens, slashedInnocentTokens } = books.get(actor.id)!
      return actor.agent.role === "provider" && isCheating(actor) ? sum + slashedTokens - slashedInnocentTokens : sum
    }, 0),
})
