import { type Actor, isCheating } from "../actor.ts"
import type { Book } from "../books.ts"
import { metric } from "../metric.ts"

export const slashedHonestTokens = metric({
  label: "Slashed from honest providers",
  unit: "tokens",
  description: "Stake lost since the start by providers who did all the work that they claimed, less what a court gave back",
  daily: "last",
  of: ({ actors, books }) =>
    actors.reduce((sum, actor) => (actor.agent.role === "provider" ? sum + tokensOf(actor, books.get(actor.id)!) : sum), 0),
})

/** Of those who can cheat: what they lost for epochs in which they did not. */
const tokensOf = (actor: Actor, { slashedTokens, slashedInnocentTokens }: Book): number =>
  isCheating(actor) ? slashedInnocentTokens : slashedTokens
