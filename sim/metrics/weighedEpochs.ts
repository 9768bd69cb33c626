import { isWavering } from "../actor.ts"
import { metric } from "../metric.ts"
import { deterrenceClasses } from "../proofs/frontier.ts"

export const weighedEpochs = metric({
  label: "Epochs in which cheating was weighed",
  unit: "epochs",
  description:
    "Since the start, epochs of providers that compared what cheating saves with what it risks, by class of deterrence, in percent from its lower end",
  daily: "last",
  of: ({ actors, deeds: { tally } }) =>
    actors.some(isWavering) ? new Map(deterrenceClasses.map((percent, at) => [`${percent}`, tally.weighed[at]!])) : undefined,
})
