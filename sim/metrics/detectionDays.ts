import { metric } from "../metric.ts"
import { hasProofs } from "../proofs/hasProofs.ts"
import { mean } from "../stats/mean.ts"

export const detectionDays = metric({
  label: "Time to detection",
  unit: "days",
  description: "Days of cheating before the first slash, on average over those who cheated and were slashed since the start",
  daily: "last",
  of: ({ actors, books, world }) =>
    hasProofs(world.rules, actors)
      ? mean(
          [...books.values()]
            .filter(({ undetectedDays, slashedTokens }) => undetectedDays > 0 && slashedTokens > 0)
            .map(({ undetectedDays }) => undetectedDays),
        )
      : undefined,
})
