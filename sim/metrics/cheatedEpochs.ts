import { isWavering } from "../actor.ts"
import { metric } from "../metric.ts"
import { deterrenceClasses } from "../proofs/frontier.ts"

export const cheatedEpochs = metric({
  label: "Epochs in which providers then cheated",
  unit: "epochs",
  description:
    "Of the epochs in which cheating was weighed: those in which the provider cheated, by class of deterrence, in percent from its lower end",
  daily: "last",
  of: ({ actors, deeds: { tally } }) =>
    actors.some(isWavering) ? new Map(deterrenceClasses.map((percent, at) => [`${percent}`, tally.cheated[at]!])) : undefined,
})
