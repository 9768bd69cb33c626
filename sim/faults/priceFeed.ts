import { Schema } from "effect"
import { type FeedStrain, noStrain } from "../feeds/feedStrain.ts"
import { Id } from "../id.ts"
import { or, quantity } from "../quantity.ts"
import { faultKind } from "./fault.ts"

export const priceFeed = faultKind({
  about: "Something is wrong with the nodes of a price feed: they are silent, stuck, late, misled or bribed, or several of these.",
  fields: {
    feed: Id,
    downShare: quantity("Chance of each node to be silent in a round", { unit: "share", min: 0, max: 1 }).pipe(or(noStrain.downShare)),
    isFrozen: Schema.Boolean.annotate({ description: "Nodes repeat the price that they told last" }).pipe(or(noStrain.isFrozen)),
    lagHours: quantity("Age of the price that nodes see, beyond their own lag", { unit: "hours", min: 0, max: 720 }).pipe(
      or(noStrain.lagHours),
    ),
    biasFactor: quantity("What every node sees", { unit: "times the truth", min: 0, max: 1000 }).pipe(or(noStrain.biasFactor)),
    bribedShare: quantity("Chance of each node to take a bribe in a round", { unit: "share", min: 0, max: 1 }).pipe(
      or(noStrain.bribedShare),
    ),
    targetFactor: quantity("What bribed nodes say", { unit: "times the truth", min: 0, max: 1000 }).pipe(or(noStrain.targetFactor)),
  },
  label: ({ feed, ...strain }) => `feed ${feed}: ${words(strain).join(", ") || "nothing"}`,
  whileOn: ({ feed, ...strain }) => ({ feedStrain: (id) => (id === feed ? strain : noStrain) }),
})

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`

const words = ({ downShare, isFrozen, lagHours, biasFactor, bribedShare, targetFactor }: FeedStrain): ReadonlyArray<string> => [
  ...(downShare > 0 ? [`${percent(downShare)} down`] : []),
  ...(isFrozen ? ["stuck"] : []),
  ...(lagHours > 0 ? [`${lagHours} h late`] : []),
  ...(biasFactor === 1 ? [] : [`x ${biasFactor}`]),
  ...(bribedShare > 0 ? [`${percent(bribedShare)} bribed to say x ${targetFactor}`] : []),
]
