import { Schema } from "effect"
import { exp } from "../../maths.ts"
import { quantity } from "../../quantity.ts"

/** An S-shaped curve: slow at first, steepest in the middle, and full in the end. */
export const Params = Schema.Struct({
  fullFactor: quantity("Demand in the end, over the number of jobs that the buyer names", { unit: "times", min: 0, max: 1_000 }),
  midDay: quantity("Day on which half of that is reached", { unit: "days", min: -3_650, max: 3_650 }),
  scaleDays: quantity("Days in which the odds rise by a factor of e", { unit: "days", min: 0.1, max: 3_650 }),
})
type Params = typeof Params.Type

export const adoptionFactor = ({ fullFactor, midDay, scaleDays }: Params, day: number): number =>
  fullFactor / (1 + exp(-(day - midDay) / scaleDays))
