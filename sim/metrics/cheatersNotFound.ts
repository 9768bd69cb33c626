import { metric } from "../metric.ts"
import { hasProofs } from "../proofs/hasProofs.ts"

export const cheatersNotFound = metric({
  label: "Cheats not found",
  unit: "providers",
  description: "Providers that have cheated since the start and were never slashed, or got it all back",
  daily: "last",
  of: ({ actors, books, world }) =>
    hasProofs(world.rules, actors)
      ? [...books.values()].filter(({ undetectedDays, slashedTokens }) => undetectedDays > 0 && slashedTokens <= 0).length
      : undefined,
})
